import * as tf from '../tensors.js';
import { elementwiseCases } from './elementwise-cases.js';
import {
  a,
  b,
  batch,
  batchRight,
  left,
  leftTransposed,
  lookup,
  right,
  rightTransposed,
  row,
  rows,
} from './operands.js';
import { type ReferenceCase, table } from './reference-cases.js';

const sumOver = (count: number, f: (i: number) => number): number => {
  let total = 0;
  for (let i = 0; i < count; i++) total += f(i);
  return total;
};

const dot = (x: (k: number) => number, y: (k: number) => number, depth: number) =>
  sumOver(depth, (k) => x(k) * y(k));

const reductions: readonly ReferenceCase[] = [
  {
    name: 'sum of all',
    compute: () => tf.sum(a.tensor()),
    expected: [sumOver(105, (i) => a.values[i] as number)],
    tolerance: 1e-5,
  },
  {
    name: 'sum of the last axis',
    compute: () => tf.sum(a.tensor(), -1),
    expected: table([3, 5], (i, j) => sumOver(7, (k) => a.at(i!, j!, k))),
  },
  {
    name: 'sum of the middle axis',
    compute: () => tf.sum(a.tensor(), 1, true),
    expected: table([3, 7], (i, k) => sumOver(5, (j) => a.at(i!, j, k!))),
  },
  {
    name: 'sum of two axes apart',
    compute: () => tf.sum(a.tensor(), [0, 2]),
    expected: table([5], (j) => sumOver(3, (i) => sumOver(7, (k) => a.at(i, j!, k)))),
  },
  {
    name: 'mean of the first axes',
    compute: () => tf.mean(a.tensor(), [0, 1]),
    expected: table([7], (k) => sumOver(3, (i) => sumOver(5, (j) => a.at(i, j, k!))) / 15),
  },
  {
    name: 'max of the last axis',
    compute: () => tf.max(a.tensor(), 2),
    expected: table([3, 5], (i, j) => Math.max(...table([7], (k) => a.at(i!, j!, k!)))),
  },
  {
    name: 'max of the first axis',
    compute: () => tf.max(a.tensor(), 0),
    expected: table([5, 7], (j, k) => Math.max(...table([3], (i) => a.at(i!, j!, k!)))),
  },
  {
    name: 'softmax',
    compute: () => tf.softmax(a.tensor()),
    expected: table(
      [3, 5, 7],
      (i, j, k) => Math.exp(a.at(i!, j!, k!)) / sumOver(7, (l) => Math.exp(a.at(i!, j!, l))),
    ),
  },
];

const shapes: readonly ReferenceCase[] = [
  {
    name: 'transpose of the last axes',
    compute: () => tf.transpose(a.tensor(), [0, 2, 1]),
    expected: table([3, 7, 5], (i, k, j) => a.at(i!, j!, k!)),
  },
  {
    name: 'transpose of all',
    compute: () => tf.transpose(a.tensor()),
    expected: table([7, 5, 3], (k, j, i) => a.at(i!, j!, k!)),
  },
  {
    name: 'transpose of the first axes',
    compute: () => tf.transpose(a.tensor(), [1, 0, 2]),
    expected: table([5, 3, 7], (j, i, k) => a.at(i!, j!, k!)),
  },
  {
    name: 'slice',
    compute: () => tf.slice(a.tensor(), [1, 2, 3], [2, 2, 3]),
    expected: table([2, 2, 3], (i, j, k) => a.at(i! + 1, j! + 2, k! + 3)),
  },
  {
    name: 'pad',
    compute: () =>
      tf.pad(
        left.tensor(),
        [
          [1, 2],
          [0, 3],
        ],
        0.5,
      ),
    expected: table([12, 16], (i, j) => (i! >= 1 && i! < 10 && j! < 13 ? left.at(i! - 1, j!) : 0.5)),
  },
  {
    name: 'concat',
    compute: () => tf.concat([a.tensor(), b.tensor()], 1),
    expected: table([3, 10, 7], (i, j, k) => (j! < 5 ? a.at(i!, j!, k!) : b.at(i!, j! - 5, k!))),
  },
  {
    name: 'stack',
    compute: () => tf.stack([row.tensor(), row.tensor()], 1),
    expected: table([7, 2], (i) => row.at(i!)),
  },
  {
    name: 'unstack',
    compute: () => tf.unstack(left.tensor(), 1)[4] as tf.Tensor,
    expected: table([9], (i) => left.at(i!, 4)),
  },
  {
    name: 'split',
    compute: () => tf.split(left.tensor(), [3, 10], 1)[1] as tf.Tensor,
    expected: table([9, 10], (i, j) => left.at(i!, j! + 3)),
  },
  {
    name: 'expandDims and squeeze',
    compute: () => tf.squeeze(tf.expandDims(row.tensor(), 0)),
    expected: Array.from(row.values),
  },
  {
    name: 'gather',
    compute: () => tf.gather(lookup.tensor(), tf.tensor1d(rows, 'int32')),
    expected: table([6, 6], (i, j) => lookup.at(rows[i!] as number, j!)),
  },
  {
    name: 'gather of the last axis',
    compute: () => tf.gather(lookup.tensor(), tf.tensor1d(rows.slice(0, 4), 'int32'), 1),
    expected: table([5, 4], (i, j) => lookup.at(i!, rows[j!] as number)),
  },
];

const products: readonly ReferenceCase[] = [
  {
    name: 'matMul',
    compute: () => tf.backendMatMul(left.tensor(), right.tensor()),
    expected: table([9, 11], (i, j) =>
      dot(
        (k) => left.at(i!, k),
        (k) => right.at(k, j!),
        13,
      ),
    ),
    tolerance: 1e-5,
  },
  {
    name: 'matMul, right transposed',
    compute: () => tf.backendMatMul(left.tensor(), rightTransposed.tensor(), false, true),
    expected: table([9, 11], (i, j) =>
      dot(
        (k) => left.at(i!, k),
        (k) => rightTransposed.at(j!, k),
        13,
      ),
    ),
    tolerance: 1e-5,
  },
  {
    name: 'matMul, left transposed',
    compute: () => tf.backendMatMul(leftTransposed.tensor(), right.tensor(), true),
    expected: table([9, 11], (i, j) =>
      dot(
        (k) => leftTransposed.at(k, i!),
        (k) => right.at(k, j!),
        13,
      ),
    ),
    tolerance: 1e-5,
  },
  {
    name: 'matMul in batches',
    compute: () => tf.backendMatMul(batch.tensor(), batchRight.tensor()),
    expected: table([4, 6, 3], (n, i, j) =>
      dot(
        (k) => batch.at(n!, i!, k),
        (k) => batchRight.at(n!, k, j!),
        10,
      ),
    ),
    tolerance: 1e-5,
  },
];

/** What every backend that models run on must compute. */
export const referenceCases: readonly ReferenceCase[] = [
  ...elementwiseCases,
  ...reductions,
  ...shapes,
  ...products,
];
