import { reluGradient } from '../mat-mul.js';
import { hasFused, runFused } from '../run-fused.js';
import {
  cast,
  div,
  type GradConfig,
  greaterEqual,
  lessEqual,
  logicalAnd,
  logicalNot,
  mul,
  neg,
  sigmoid,
  sign,
  square,
  sub,
  sum,
  type Tensor,
  zerosLike,
} from '../tensors.js';

/** Gradients of the operations that map each element by itself, and of softmax. */
export const elementwiseGradients: readonly GradConfig[] = [
  ofInput('Neg', (dy) => neg(dy)),
  ofInput('Log', (dy, x) => div(dy, x)),
  ofInput('Square', (dy, x) => mul(dy, mul(x, 2))),
  ofInput('Abs', (dy, x) => mul(dy, sign(x))),
  ofInput('Relu', (dy, x) => reluGradient(x, dy)),
  ofInput('Softplus', (dy, x) => mul(dy, sigmoid(x))),
  ofInput('ClipByValue', (dy, x, { clipValueMin, clipValueMax }) =>
    mul(dy, cast(logicalAnd(greaterEqual(x, clipValueMin), lessEqual(x, clipValueMax)), 'float32')),
  ),
  ofInput('Cast', (dy) => dy),
  ofInput('Identity', (dy) => dy),
  ofOutput('Exp', (dy, y) => mul(dy, y)),
  ofOutput('Sqrt', (dy, y) => div(dy, mul(y, 2))),
  ofOutput('Rsqrt', (dy, y) => mul(dy, mul(mul(y, square(y)), -0.5))),
  ofOutput('Reciprocal', (dy, y) => neg(mul(dy, square(y)))),
  ofOutput('Tanh', (dy, y) =>
    hasFused() ? runFused('IsthmusTanhGradient', { x: y, dy }) : mul(dy, sub(1, square(y))),
  ),
  ofOutput('Sigmoid', (dy, y) =>
    hasFused() ? runFused('IsthmusSigmoidGradient', { x: y, dy }) : mul(dy, mul(y, sub(1, y))),
  ),
  {
    kernelName: 'Softmax',
    outputsToSave: [true],
    gradFunc: (dy, saved) => {
      const y = saved[0] as Tensor;
      if (hasFused()) return { logits: () => runFused('IsthmusSoftmaxGradient', { y, dy: dy as Tensor }) };
      const weighted = mul(dy as Tensor, y);
      return { logits: () => sub(weighted, mul(y, sum(weighted, -1, true))) };
    },
  },
  {
    kernelName: 'Select',
    inputsToSave: ['condition'],
    gradFunc: (dy, saved) => {
      const condition = saved[0] as Tensor;
      return {
        condition: () => cast(zerosLike(condition), 'float32'),
        t: () => mul(dy as Tensor, cast(condition, 'float32')),
        e: () => mul(dy as Tensor, cast(logicalNot(condition), 'float32')),
      };
    },
  },
];

interface Attributes {
  readonly clipValueMin: number;
  readonly clipValueMax: number;
}

function ofInput(
  kernelName: string,
  gradient: (dy: Tensor, x: Tensor, attributes: Attributes) => Tensor,
): GradConfig {
  return {
    kernelName,
    inputsToSave: ['x'],
    gradFunc: (dy, saved, attributes) => ({
      x: () => gradient(dy as Tensor, saved[0] as Tensor, attributes as unknown as Attributes),
    }),
  };
}

function ofOutput(kernelName: string, gradient: (dy: Tensor, y: Tensor) => Tensor): GradConfig {
  return {
    kernelName,
    outputsToSave: [true],
    gradFunc: (dy, saved) => ({ x: () => gradient(dy as Tensor, saved[0] as Tensor) }),
  };
}
