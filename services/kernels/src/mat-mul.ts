import { hasFused, runFused } from './run-fused.js';
import { add, backendMatMul, customGrad, mul, relu, reshape, step, sum, type Tensor } from './tensors.js';

/**
 * Matrix product over the last two axes: `[..., n, k] x [..., k, m]` → `[..., n, m]`; leading axes must be equal.
 * `transposeA` and `transposeB` swap the last two axes of an operand first.
 */
export function matMul(a: Tensor, b: Tensor, transposeA = false, transposeB = false): Tensor {
  const operation = customGrad((x, y, save) => {
    const [left, right] = [x as Tensor, y as Tensor];
    (save as (tensors: Tensor[]) => void)([left, right]);
    return {
      value: backendMatMul(left, right, transposeA, transposeB),
      gradFunc: (dy: Tensor, saved: Tensor[]) =>
        gradients(dy, saved as [Tensor, Tensor], transposeA, transposeB),
    };
  });
  return operation(a, b);
}

function gradients(dy: Tensor, [a, b]: [Tensor, Tensor], transposeA: boolean, transposeB: boolean): Tensor[] {
  return [
    transposeA ? backendMatMul(b, dy, transposeB, true) : backendMatMul(dy, b, false, !transposeB),
    transposeB ? backendMatMul(dy, a, true, transposeA) : backendMatMul(a, dy, !transposeA, false),
  ];
}

/** What follows an affine map: nothing, or max(0, x). */
export type Activation = 'none' | 'relu';

/** Affine map of the last axis: `x [..., n]`, `weight [n, m]`, `bias [m]` → `[..., m]`. */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor, activation: Activation = 'none'): Tensor {
  const inputs = x.shape[x.rank - 1] as number;
  const flat = x.rank === 2 ? x : reshape(x, [x.size / inputs, inputs]);
  const mapped = affine(flat, weight, bias, activation === 'relu');
  return x.rank === 2 ? mapped : reshape(mapped, [...x.shape.slice(0, -1), weight.shape[1] as number]);
}

function affine(x: Tensor, weight: Tensor, bias: Tensor | undefined, rectified: boolean): Tensor {
  const operation = customGrad((...operands) => {
    const save = operands.pop() as unknown as (tensors: Tensor[]) => void;
    const [input, matrix, shift] = operands as [Tensor, Tensor, Tensor | undefined];
    const value = forward(input, matrix, shift, rectified);
    save(rectified ? [input, matrix, value] : [input, matrix]);
    return {
      value,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [kept, map, out] = saved as [Tensor, Tensor, Tensor | undefined];
        const inner = out === undefined ? dy : reluGradient(out, dy);
        const results = [backendMatMul(inner, map, false, true), backendMatMul(kept, inner, true)];
        return shift === undefined ? results : [...results, reshape(sum(inner, 0), shift.shape)];
      },
    };
  });
  return bias === undefined ? operation(x, weight) : operation(x, weight, bias);
}

function forward(x: Tensor, weight: Tensor, bias: Tensor | undefined, rectified: boolean): Tensor {
  if (hasFused())
    return runFused('IsthmusLinear', bias === undefined ? { x, weight } : { x, weight, bias }, { rectified });
  const product = backendMatMul(x, weight);
  const shifted = bias === undefined ? product : add(product, bias);
  return rectified ? relu(shifted) : shifted;
}

/** Gradient of max(0, x), from its input or its output. */
export function reluGradient(x: Tensor, dy: Tensor): Tensor {
  return hasFused() ? runFused('IsthmusReluGradient', { x, dy }) : mul(dy, step(x));
}
