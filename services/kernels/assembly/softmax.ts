import { expF32x4 } from './math/exp';
import { address, int } from './parameters';
import { maximumOfRow, sumOfProducts, sumOfRow } from './reduce';

/**
 * Softmax of rows: `exp(x - max)` divided by its sum, which is formed in the order of sumOfRow. Parameters: x, out,
 * elements of a row. A unit is a row.
 */
export function softmax(p: usize, begin: i32, end: i32): void {
  const count = int(p, 2);
  const bytes = <usize>count << 2;
  for (let row = begin; row < end; row++) {
    const to = address(p, 1) + <usize>row * bytes;
    const x = address(p, 0) + <usize>row * bytes;
    const total = exponentialsOfRow(x, to, count, maximumOfRow(x, count));
    divideRow(to, bytes, total);
  }
}

/** Writes `exp(x - top)` of a row and returns its sum. */
// @ts-ignore: decorator
@inline
export function exponentialsOfRow(x: usize, to: usize, count: i32, top: f32): f32 {
  const lanes = f32x4.splat(top);
  const bytes = <usize>count << 2;
  let offset: usize = 0;
  // Two vectors a turn: engines lay the constants of exp out anew in each.
  for (; offset + 32 <= bytes; offset += 32) {
    v128.store(to + offset, expF32x4(f32x4.sub(v128.load(x + offset), lanes)));
    v128.store(to + offset, expF32x4(f32x4.sub(v128.load(x + offset, 16), lanes)), 16);
  }
  for (; offset + 16 <= bytes; offset += 16) {
    v128.store(to + offset, expF32x4(f32x4.sub(v128.load(x + offset), lanes)));
  }
  for (; offset < bytes; offset += 4) {
    v128.store_lane<u32>(to + offset, expF32x4(f32x4.sub(v128.load32_splat(x + offset), lanes)), 0);
  }
  return sumOfRow(to, count);
}

// @ts-ignore: decorator
@inline
function divideRow(to: usize, bytes: usize, by: f32): void {
  const divisor = f32x4.splat(by);
  let offset: usize = 0;
  for (; offset + 16 <= bytes; offset += 16) v128.store(to + offset, f32x4.div(v128.load(to + offset), divisor));
  for (; offset < bytes; offset += 4) store<f32>(to + offset, load<f32>(to + offset) / by);
}

/**
 * Gradient of softmax: `dx = y (dy - sum(dy y))`, the sum in the order of sumOfRow over products that are rounded.
 * Parameters: y, dy, dx, elements of a row. A unit is a row.
 */
export function softmaxGradient(p: usize, begin: i32, end: i32): void {
  const count = int(p, 3);
  const bytes = <usize>count << 2;
  for (let row = begin; row < end; row++) {
    const skip = <usize>row * bytes;
    softmaxGradientOfRow(address(p, 0) + skip, address(p, 1) + skip, address(p, 2) + skip, count);
  }
}

// @ts-ignore: decorator
@inline
export function softmaxGradientOfRow(y: usize, dy: usize, dx: usize, count: i32): void {
  const bytes = <usize>count << 2;
  const total = sumOfProducts(dy, y, count);
  const lanes = f32x4.splat(total);
  let offset: usize = 0;
  for (; offset + 16 <= bytes; offset += 16) {
    v128.store(dx + offset, f32x4.mul(v128.load(y + offset), f32x4.sub(v128.load(dy + offset), lanes)));
  }
  for (; offset < bytes; offset += 4) {
    store<f32>(dx + offset, load<f32>(y + offset) * (load<f32>(dy + offset) - total));
  }
}
