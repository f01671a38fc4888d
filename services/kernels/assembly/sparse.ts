import { address, int } from './parameters';

/**
 * A sparse matrix in compressed rows times a dense one: `out[r] = sum over e of values[e] dense[columns[e]]`, e from
 * `starts[r]` to `starts[r + 1]` - 1.
 *
 * Order: from +0, e ascending, each product rounded, then each sum. Parameters: starts, columns, values (0 for ones), dense,
 * out, elements of a row. A unit is a row of `out`.
 */
export function sparseTimesDense(p: usize, begin: i32, end: i32): void {
  const bytes = <usize>int(p, 5) << 2;
  for (let row = begin; row < end; row++) {
    const out = address(p, 4) + <usize>row * bytes;
    memory.fill(out, 0, bytes);
    const start = address(p, 0) + (<usize>row << 2);
    const last = load<i32>(start, 4);
    for (let e = load<i32>(start); e < last; e++) {
      const place = <usize>e << 2;
      const value: f32 = address(p, 2) == 0 ? 1 : load<f32>(address(p, 2) + place);
      addScaledRow(out, address(p, 3) + <usize>load<i32>(address(p, 1) + place) * bytes, value, bytes);
    }
  }
}

// @ts-ignore: decorator
@inline
function addScaledRow(to: usize, from: usize, scale: f32, bytes: usize): void {
  const lanes = f32x4.splat(scale);
  let offset: usize = 0;
  for (; offset + 16 <= bytes; offset += 16) {
    v128.store(to + offset, f32x4.add(v128.load(to + offset), f32x4.mul(lanes, v128.load(from + offset))));
  }
  for (; offset < bytes; offset += 4) {
    store<f32>(to + offset, load<f32>(to + offset) + scale * load<f32>(from + offset));
  }
}
