import {
  broadcast_util,
  cast,
  div,
  type GradConfig,
  greaterEqual,
  less,
  lessEqual,
  mul,
  neg,
  reshape,
  square,
  sub,
  sum,
  type Tensor,
  zerosLike,
} from '../tensors.js';

/** Operations whose value does not change with their operands, except at jumps. */
const comparisons = ['Equal', 'Greater', 'GreaterEqual', 'Less', 'LessEqual'];

/** Gradients of the operations on two operands that broadcast. */
export const arithmeticGradients: readonly GradConfig[] = [
  binary(
    'Add',
    (dy) => dy,
    (dy) => dy,
  ),
  binary(
    'Sub',
    (dy) => dy,
    (dy) => neg(dy),
  ),
  binary(
    'Multiply',
    (dy, _a, b) => mul(dy, b),
    (dy, a) => mul(dy, a),
  ),
  binary(
    'RealDiv',
    (dy, _a, b) => div(dy, b),
    (dy, a, b) => neg(div(mul(dy, a), square(b))),
  ),
  binary(
    'SquaredDifference',
    (dy, a, b) => mul(dy, mul(sub(a, b), 2)),
    (dy, a, b) => mul(dy, mul(sub(b, a), 2)),
  ),
  binary(
    'Maximum',
    (dy, a, b) => mul(dy, cast(greaterEqual(a, b), 'float32')),
    (dy, a, b) => mul(dy, cast(less(a, b), 'float32')),
  ),
  binary(
    'Minimum',
    (dy, a, b) => mul(dy, cast(lessEqual(a, b), 'float32')),
    (dy, a, b) => mul(dy, cast(less(b, a), 'float32')),
  ),
  ...comparisons.map((name) => binary(name, zerosLike, zerosLike)),
];

type Partial = (dy: Tensor, a: Tensor, b: Tensor) => Tensor;

function binary(kernelName: string, byA: Partial, byB: Partial): GradConfig {
  return {
    kernelName,
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, saved) => {
      const [a, b] = saved as [Tensor, Tensor];
      return {
        a: () => sumTo(byA(dy as Tensor, a, b), a.shape),
        b: () => sumTo(byB(dy as Tensor, a, b), b.shape),
      };
    },
  };
}

/** Sums the axes along which an operand of this shape was broadcast. */
function sumTo(x: Tensor, shape: number[]): Tensor {
  const axes = broadcast_util.getReductionAxes(shape, x.shape);
  return reshape(axes.length > 0 ? sum(x, axes) : x, shape);
}
