import * as tf from '../tensors.js';
import { Operand, type ReferenceCase, table } from './reference-cases.js';

const a = new Operand([3, 5, 7], 11);
const b = new Operand([3, 5, 7], 29);
const row = new Operand([7], 5);
const column = new Operand([5, 1], 6);
const positive = new Operand([3, 5, 7], 3, 2.5);
const left = new Operand([9, 13], 41);
const right = new Operand([13, 11], 43);
const rightTransposed = new Operand([11, 13], 47);
const leftTransposed = new Operand([13, 9], 53);
const batch = new Operand([4, 6, 10], 59);
const batchRight = new Operand([4, 10, 3], 61);
const rows = Int32Array.of(4, 0, 2, 2, 4, 1);
const lookup = new Operand([5, 6], 71);

function unary(
  name: string,
  x: Operand,
  operation: (x: tf.Tensor) => tf.Tensor,
  f: (x: number) => number,
): ReferenceCase {
  return { name, compute: () => operation(x.tensor()), expected: Array.from(x.values, f) };
}

function binary(
  name: string,
  operation: (x: tf.Tensor, y: tf.Tensor) => tf.Tensor,
  f: (x: number, y: number) => number,
): ReferenceCase[] {
  const shape = [3, 5, 7];
  return [
    {
      name,
      compute: () => operation(a.tensor(), b.tensor()),
      expected: table(shape, (i, j, k) => f(a.at(i!, j!, k!), b.at(i!, j!, k!))),
    },
    {
      name: `${name} of a row`,
      compute: () => operation(a.tensor(), row.tensor()),
      expected: table(shape, (i, j, k) => f(a.at(i!, j!, k!), row.at(k!))),
    },
    {
      name: `${name} of a column`,
      compute: () => operation(column.tensor(), a.tensor()),
      expected: table(shape, (i, j, k) => f(column.at(j!, 0), a.at(i!, j!, k!))),
    },
    {
      name: `${name} of a number`,
      compute: () => operation(a.tensor(), tf.scalar(0.75)),
      expected: table(shape, (i, j, k) => f(a.at(i!, j!, k!), 0.75)),
    },
  ];
}

function truth(f: (x: number, y: number) => boolean): (x: number, y: number) => number {
  return (x, y) => Number(f(x, y));
}

const sumOver = (count: number, f: (i: number) => number): number => {
  let total = 0;
  for (let i = 0; i < count; i++) total += f(i);
  return total;
};

const dot = (x: (k: number) => number, y: (k: number) => number, depth: number) =>
  sumOver(depth, (k) => x(k) * y(k));

const elementwise: readonly ReferenceCase[] = [
  unary('abs', a, tf.abs, Math.abs),
  unary('neg', a, tf.neg, (x) => -x),
  unary('square', a, tf.square, (x) => x * x),
  unary('reciprocal', positive, tf.reciprocal, (x) => 1 / x),
  unary('sqrt', positive, tf.sqrt, Math.sqrt),
  unary('rsqrt', positive, tf.rsqrt, (x) => 1 / Math.sqrt(x)),
  unary('relu', a, tf.relu, (x) => Math.max(x, 0)),
  unary('step', a, tf.step, (x) => Number(x > 0)),
  unary('sign', a, tf.sign, Math.sign),
  unary(
    'clipByValue',
    a,
    (x) => tf.clipByValue(x, -0.5, 1),
    (x) => Math.min(1, Math.max(-0.5, x)),
  ),
  unary('exp', a, tf.exp, Math.exp),
  unary('log', positive, tf.log, Math.log),
  unary('tanh', a, tf.tanh, Math.tanh),
  unary('sigmoid', a, tf.sigmoid, (x) => 1 / (1 + Math.exp(-x))),
  unary('softplus', a, tf.softplus, (x) => Math.log1p(Math.exp(x))),
  ...binary('add', tf.add, (x, y) => x + y),
  ...binary('sub', tf.sub, (x, y) => x - y),
  ...binary('mul', tf.mul, (x, y) => x * y),
  ...binary('div', tf.div, (x, y) => x / y),
  ...binary('maximum', tf.maximum, Math.max),
  ...binary('minimum', tf.minimum, Math.min),
  ...binary('squaredDifference', tf.squaredDifference, (x, y) => (x - y) ** 2),
  ...binary(
    'greater',
    tf.greater,
    truth((x, y) => x > y),
  ),
  ...binary(
    'greaterEqual',
    tf.greaterEqual,
    truth((x, y) => x >= y),
  ),
  ...binary(
    'less',
    tf.less,
    truth((x, y) => x < y),
  ),
  ...binary(
    'lessEqual',
    tf.lessEqual,
    truth((x, y) => x <= y),
  ),
  ...binary(
    'equal',
    tf.equal,
    truth((x, y) => x === y),
  ),
  {
    name: 'logicalAnd, logicalNot',
    compute: () => tf.logicalAnd(tf.greater(a.tensor(), 0), tf.logicalNot(tf.greater(b.tensor(), 0))),
    expected: table([3, 5, 7], (i, j, k) => Number(a.at(i!, j!, k!) > 0 && !(b.at(i!, j!, k!) > 0))),
  },
  {
    name: 'where',
    compute: () => tf.where(tf.greater(a.tensor(), 0), a.tensor(), b.tensor()),
    expected: table([3, 5, 7], (i, j, k) => (a.at(i!, j!, k!) > 0 ? a.at(i!, j!, k!) : b.at(i!, j!, k!))),
  },
  {
    name: 'cast to int32',
    compute: () => tf.cast(a.tensor(), 'int32'),
    expected: Array.from(a.values, Math.trunc),
  },
];

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
  ...elementwise,
  ...reductions,
  ...shapes,
  ...products,
];
