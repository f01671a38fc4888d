import { logF32x4 } from './math/log';
import { address, int } from './parameters';
import { maximumOfRow, sumOfRow } from './reduce';
import { exponentialsOfRow } from './softmax';

/**
 * `log(sum(exp(x)))` of rows as `max + log(sum(exp(x - max)))`, the sum in the order of sumOfRow. Parameters: x, out, room
 * for x, count, labels (0 for none). With labels the element of the row's label is taken away from the result, which is then
 * the cross-entropy. A unit is a row.
 */
export function logSumExp(p: usize, begin: i32, end: i32): void {
  const count = int(p, 3);
  const labels = address(p, 4);
  const bytes = <usize>count << 2;
  for (let row = begin; row < end; row++) {
    const x = address(p, 0) + <usize>row * bytes;
    const room = address(p, 2) + <usize>row * bytes;
    let result = logSumExpOfRow(x, room, count, 0);
    if (labels != 0) result -= load<f32>(x + (<usize>load<i32>(labels + (<usize>row << 2)) << 2));
    store<f32>(address(p, 1) + (<usize>row << 2), result);
  }
}

/** Writes `exp(x - max)` of a row to `room` and its sum to `total` (0 for nowhere); gives `max + log(sum)`. */
// @ts-ignore: decorator
@inline
export function logSumExpOfRow(x: usize, room: usize, count: i32, total: usize): f32 {
  const top = maximumOfRow(x, count);
  const sum = exponentialsOfRow(x, room, count, top);
  if (total != 0) store<f32>(total, sum);
  return f32x4.extract_lane(logF32x4(f32x4.splat(sum)), 0) + top;
}

/**
 * Gradient of {@link logSumExp} from its exponentials: `dx = e (dy / sum(e))`, less dy at the label. Parameters: e, dy, dx,
 * count, labels (0 for none). A unit is a row.
 */
export function logSumExpGradient(p: usize, begin: i32, end: i32): void {
  const count = int(p, 3);
  const labels = address(p, 4);
  const bytes = <usize>count << 2;
  for (let row = begin; row < end; row++) {
    const e = address(p, 0) + <usize>row * bytes;
    const dx = address(p, 2) + <usize>row * bytes;
    const dy = load<f32>(address(p, 1) + (<usize>row << 2));
    const scale = dy / sumOfRow(e, count);
    let offset: usize = 0;
    for (; offset + 16 <= bytes; offset += 16) {
      v128.store(dx + offset, f32x4.mul(v128.load(e + offset), f32x4.splat(scale)));
    }
    for (; offset < bytes; offset += 4) store<f32>(dx + offset, load<f32>(e + offset) * scale);
    if (labels != 0) {
      const at = dx + (<usize>load<i32>(labels + (<usize>row << 2)) << 2);
      store<f32>(at, load<f32>(at) - dy);
    }
  }
}
