import { address, int } from './parameters';
import { joinLanes } from './reduce';

/**
 * The nearest code of each row by squared distance; the lowest of several equally near ones. A row with NaN gets code 0.
 *
 * Order of a distance: four lanes from +0, element i in lane i modulo 4, ascending; joined as (0 + 1) + (2 + 3); the last one to
 * three elements are added one after the other. Parameters: rows, codes, out (int32), elements of a row, codes. A unit is a
 * row.
 */
export function nearestCode(p: usize, begin: i32, end: i32): void {
  const bytes = <usize>int(p, 3) << 2;
  const codes = int(p, 4);
  for (let row = begin; row < end; row++) {
    const x = address(p, 0) + <usize>row * bytes;
    let nearest = 0;
    let least = squaredDistance(x, address(p, 1), bytes);
    for (let code = 1; code < codes; code++) {
      const distance = squaredDistance(x, address(p, 1) + <usize>code * bytes, bytes);
      if (distance < least) {
        least = distance;
        nearest = code;
      }
    }
    store<i32>(address(p, 2) + (<usize>row << 2), nearest);
  }
}

// @ts-ignore: decorator
@inline
function squaredDistance(x: usize, y: usize, bytes: usize): f32 {
  let lanes = f32x4.splat(0);
  let offset: usize = 0;
  for (; offset + 16 <= bytes; offset += 16) {
    const difference = f32x4.sub(v128.load(x + offset), v128.load(y + offset));
    lanes = f32x4.add(lanes, f32x4.mul(difference, difference));
  }
  let total = joinLanes(lanes);
  for (; offset < bytes; offset += 4) {
    const difference = load<f32>(x + offset) - load<f32>(y + offset);
    total += difference * difference;
  }
  return total;
}
