import { add, backendMatMul, customGrad, reshape, type Tensor, transpose } from './tensors.js';

/**
 * Matrix product over the last two axes: `[..., n, k] x [..., k, m]` → `[..., n, m]`; leading axes must be equal.
 * `transposeA` and `transposeB` swap the last two axes of an operand first.
 *
 * Every transpose, in the gradient too, is an operation of its own: the backend's flags leave its fast path, and the order
 * of the sums is then another one.
 */
export function matMul(a: Tensor, b: Tensor, transposeA = false, transposeB = false): Tensor {
  return product(transposeA ? swapLast(a) : a, transposeB ? swapLast(b) : b);
}

/** Affine map of the last axis: `x [..., n]`, `weight [n, m]`, `bias [m]` → `[..., m]`. */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  const inputs = x.shape[x.rank - 1] as number;
  const flat = x.rank === 2 ? x : reshape(x, [x.size / inputs, inputs]);
  const mapped = bias ? add(product(flat, weight), bias) : product(flat, weight);
  return x.rank === 2 ? mapped : reshape(mapped, [...x.shape.slice(0, -1), weight.shape[1] as number]);
}

const product = customGrad((a, b, save) => {
  const [left, right] = [a as Tensor, b as Tensor];
  (save as (tensors: Tensor[]) => void)([left, right]);
  return {
    value: backendMatMul(left, right),
    gradFunc: (dy: Tensor, saved: Tensor[]) => [
      backendMatMul(dy, swapLast(saved[1] as Tensor)),
      backendMatMul(swapLast(saved[0] as Tensor), dy),
    ],
  };
});

function swapLast(x: Tensor): Tensor {
  const axes = Array.from({ length: x.rank }, (_, axis) => axis);
  axes[x.rank - 2] = x.rank - 1;
  axes[x.rank - 1] = x.rank - 2;
  return transpose(x, axes);
}
