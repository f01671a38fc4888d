import { geluDerivativeF32x4 } from './math/gelu-derivative';
import { address } from './parameters';

/** Gradients of elementwise operations that would otherwise take several passes, by code. */
namespace Gradient {
  export const relu = 0;
  export const gelu = 1;
  export const tanh = 2;
  export const sigmoid = 3;
}

// @ts-ignore: decorator
@inline
function apply(code: i32, x: v128, dy: v128): v128 {
  const one = f32x4.splat(1);
  if (code == Gradient.relu) return v128.and(dy, f32x4.gt(x, f32x4.splat(0)));
  if (code == Gradient.gelu) return f32x4.mul(dy, geluDerivativeF32x4(x));
  if (code == Gradient.tanh) return f32x4.mul(dy, f32x4.sub(one, f32x4.mul(x, x)));
  return f32x4.mul(dy, f32x4.mul(x, f32x4.sub(one, x)));
}

/** `dx = f'(x) dy`. Parameters: x, dy, dx. A unit is an element. */
// @ts-ignore: decorator
@inline
function map(code: i32, p: usize, begin: i32, end: i32): void {
  const x = address(p, 0);
  const dy = address(p, 1);
  const to = address(p, 2);
  let offset = <usize>begin << 2;
  const bytes = <usize>end << 2;
  // Two vectors a turn: engines lay the constants of a function out anew in each.
  for (; offset + 32 <= bytes; offset += 32) {
    v128.store(to + offset, apply(code, v128.load(x + offset), v128.load(dy + offset)));
    v128.store(to + offset, apply(code, v128.load(x + offset, 16), v128.load(dy + offset, 16)), 16);
  }
  for (; offset + 16 <= bytes; offset += 16) {
    v128.store(to + offset, apply(code, v128.load(x + offset), v128.load(dy + offset)));
  }
  for (; offset < bytes; offset += 4) {
    const gradient = apply(code, v128.load32_splat(x + offset), v128.load32_splat(dy + offset));
    v128.store_lane<u32>(to + offset, gradient, 0);
  }
}

/** From the input or the output of max(0, x): dy where it is above zero, else +0. */
export function reluGradient(p: usize, begin: i32, end: i32): void {
  map(Gradient.relu, p, begin, end);
}

/** From the input of gelu. */
export function geluGradient(p: usize, begin: i32, end: i32): void {
  map(Gradient.gelu, p, begin, end);
}

/** From the output of tanh: `(1 - y^2) dy`. */
export function tanhGradient(p: usize, begin: i32, end: i32): void {
  map(Gradient.tanh, p, begin, end);
}

/** From the output of sigmoid: `y (1 - y) dy`. */
export function sigmoidGradient(p: usize, begin: i32, end: i32): void {
  map(Gradient.sigmoid, p, begin, end);
}
