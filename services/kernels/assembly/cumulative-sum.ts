import { address, int } from './parameters';

/**
 * Sums up to each element along the middle axis, one addition after the other from +0. Parameters: x, out, count, whether
 * the element itself is left out, inner, whether from the end. A unit is a line along the axis.
 */
export function cumulativeSum(p: usize, begin: i32, end: i32): void {
  const count = int(p, 2);
  const exclusive = int(p, 3) != 0;
  const inner = int(p, 4);
  const reverse = int(p, 5) != 0;
  for (let unit = begin; unit < end; unit++) {
    const outer = unit / inner;
    const start = outer * count * inner + (unit - outer * inner);
    let total: f32 = 0;
    for (let i = 0; i < count; i++) {
      const offset = <usize>(start + (reverse ? count - 1 - i : i) * inner) << 2;
      const value = load<f32>(address(p, 0) + offset);
      store<f32>(address(p, 1) + offset, exclusive ? total : total + value);
      total += value;
    }
  }
}
