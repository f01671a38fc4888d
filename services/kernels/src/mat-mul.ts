import { hasFused, runFused } from './run-fused.js';
import {
  add,
  backendMatMul,
  customGrad,
  mul,
  relu,
  reshape,
  step,
  sum,
  type Tensor,
  transpose,
} from './tensors.js';

/**
 * Matrix product over the last two axes: `[..., n, k] x [..., k, m]` → `[..., n, m]`; leading axes must be equal.
 * `transposeA` and `transposeB` swap the last two axes of an operand first.
 */
export function matMul(a: Tensor, b: Tensor, transposeA = false, transposeB = false): Tensor {
  const operation = customGrad((x, y, save) => {
    const [left, right] = [x as Tensor, y as Tensor];
    (save as (tensors: Tensor[]) => void)([left, right]);
    return {
      value: product(left, right, transposeA, transposeB),
      gradFunc: (dy: Tensor, saved: Tensor[]) =>
        gradients(dy, saved as [Tensor, Tensor], transposeA, transposeB),
    };
  });
  return operation(a, b);
}

function gradients(dy: Tensor, [a, b]: [Tensor, Tensor], transposeA: boolean, transposeB: boolean): Tensor[] {
  return [
    transposeA ? product(b, dy, transposeB, true) : product(dy, b, false, !transposeB),
    transposeB ? product(dy, a, true, transposeA) : product(a, dy, !transposeA, false),
  ];
}

/** The product. On other backends a transpose is an operation of its own: their flags leave the fast path of tfjs-wasm. */
function product(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor {
  if (hasFused()) return backendMatMul(a, b, transposeA, transposeB);
  return backendMatMul(transposeA ? swapLast(a) : a, transposeB ? swapLast(b) : b);
}

function swapLast(x: Tensor): Tensor {
  const axes = Array.from({ length: x.rank }, (_, axis) => axis);
  axes[x.rank - 2] = x.rank - 1;
  axes[x.rank - 1] = x.rank - 2;
  return transpose(x, axes);
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
        const results = [product(inner, map, false, true), product(kept, inner, true, false)];
        return shift === undefined ? results : [...results, reshape(sum(inner, 0), shift.shape)];
      },
    };
  });
  return bias === undefined ? operation(x, weight) : operation(x, weight, bias);
}

function forward(x: Tensor, weight: Tensor, bias: Tensor | undefined, rectified: boolean): Tensor {
  if (hasFused())
    return runFused('IsthmusLinear', bias === undefined ? { x, weight } : { x, weight, bias }, { rectified });
  const mapped = backendMatMul(x, weight);
  const shifted = bias === undefined ? mapped : add(mapped, bias);
  return rectified ? relu(shifted) : shifted;
}

/** Gradient of max(0, x), from its input or its output. */
export function reluGradient(x: Tensor, dy: Tensor): Tensor {
  return hasFused() ? runFused('IsthmusReluGradient', { x, dy }) : mul(dy, step(x));
}
