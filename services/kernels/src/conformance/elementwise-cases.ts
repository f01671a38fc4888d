import * as tf from '../tensors.js';
import { a, b, column, positive, row } from './operands.js';
import { type Operand, type ReferenceCase, table } from './reference-cases.js';

/** Operations on elements, with broadcasting. */
export const elementwiseCases: readonly ReferenceCase[] = [
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
