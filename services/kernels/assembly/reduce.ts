import { address, float, int } from './parameters';

/** Rows that {@link sumMiddle} adds up before it adds their sum to the total. */
const rowsOfBlock = 128;

const infinity: f32 = <f32>Infinity;

/**
 * Sum of a contiguous row, times `scale` rounded.
 *
 * Order: sixteen lanes from +0, element i in lane i modulo 16, i ascending, as long as sixteen are left; then four at a time
 * into the first four lanes. The lanes l, l+4, l+8, l+12 are joined as (l + (l+4)) + ((l+8) + (l+12)), the four that result as
 * (0 + 1) + (2 + 3). The last one to three elements are added to that one after the other.
 */
// @ts-ignore: decorator
@inline
export function sumOfRow(x: usize, count: i32): f32 {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  let offset: usize = 0;
  const bytes = <usize>count << 2;
  for (; offset + 64 <= bytes; offset += 64) {
    a = f32x4.add(a, v128.load(x + offset));
    b = f32x4.add(b, v128.load(x + offset, 16));
    c = f32x4.add(c, v128.load(x + offset, 32));
    d = f32x4.add(d, v128.load(x + offset, 48));
  }
  for (; offset + 16 <= bytes; offset += 16) a = f32x4.add(a, v128.load(x + offset));
  let total = joinLanes(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)));
  for (; offset < bytes; offset += 4) total += load<f32>(x + offset);
  return total;
}

/** Sum of the rounded products of two rows, in the order of {@link sumOfRow}. */
// @ts-ignore: decorator
@inline
export function sumOfProducts(x: usize, y: usize, count: i32): f32 {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  let offset: usize = 0;
  const bytes = <usize>count << 2;
  for (; offset + 64 <= bytes; offset += 64) {
    a = f32x4.add(a, f32x4.mul(v128.load(x + offset), v128.load(y + offset)));
    b = f32x4.add(b, f32x4.mul(v128.load(x + offset, 16), v128.load(y + offset, 16)));
    c = f32x4.add(c, f32x4.mul(v128.load(x + offset, 32), v128.load(y + offset, 32)));
    d = f32x4.add(d, f32x4.mul(v128.load(x + offset, 48), v128.load(y + offset, 48)));
  }
  for (; offset + 16 <= bytes; offset += 16) {
    a = f32x4.add(a, f32x4.mul(v128.load(x + offset), v128.load(y + offset)));
  }
  let total = joinLanes(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)));
  for (; offset < bytes; offset += 4) total += load<f32>(x + offset) * load<f32>(y + offset);
  return total;
}

/** Sum of four lanes: (0 + 1) + (2 + 3). */
// @ts-ignore: decorator
@inline
export function joinLanes(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}

/** Greatest element of a contiguous row; NaN where one is. The order is without effect. */
// @ts-ignore: decorator
@inline
export function maximumOfRow(x: usize, count: i32): f32 {
  let offset: usize = 0;
  const bytes = <usize>count << 2;
  let best: f32 = -infinity;
  let lanes = f32x4.splat(-infinity);
  for (; offset + 16 <= bytes; offset += 16) lanes = f32x4.max(lanes, v128.load(x + offset));
  best = max(
    max(f32x4.extract_lane(lanes, 0), f32x4.extract_lane(lanes, 1)),
    max(f32x4.extract_lane(lanes, 2), f32x4.extract_lane(lanes, 3)),
  );
  for (; offset < bytes; offset += 4) best = max(best, load<f32>(x + offset));
  return best;
}

/** `[rows, count]` to `[rows]`: sums in the order of {@link sumOfRow}, times `scale`. Parameters: x, out, count, scale. A unit is a row. */
export function sumInner(p: usize, begin: i32, end: i32): void {
  const count = int(p, 2);
  const bytes = <usize>count << 2;
  const scale = float(p, 3);
  for (let row = begin; row < end; row++) {
    const total = sumOfRow(address(p, 0) + <usize>row * bytes, count);
    store<f32>(address(p, 1) + (<usize>row << 2), total * scale);
  }
}

/**
 * `[outer, count, inner]` to `[outer, inner]`: sums along the middle axis, times `scale` rounded.
 *
 * Order: blocks of 128 consecutive elements are summed from +0, ascending; their sums are added from +0, ascending.
 * Parameters: x, out, count, scale, inner. A unit is four outputs of one outer index, of which the last may be fewer.
 */
export function sumMiddle(p: usize, begin: i32, end: i32): void {
  const count = int(p, 2);
  const scale = float(p, 3);
  const inner = int(p, 4);
  const bytes = <usize>inner << 2;
  const groups = (inner + 3) >> 2;
  for (let unit = begin; unit < end; unit++) {
    const outer = unit / groups;
    const column = (unit - outer * groups) << 2;
    const from = address(p, 0) + <usize>outer * <usize>count * bytes + (<usize>column << 2);
    const to = address(p, 1) + <usize>outer * bytes + (<usize>column << 2);
    if (unit + 4 <= end && column + 16 <= inner) {
      sumSixteenColumns(from, bytes, count, to, f32x4.splat(scale));
      unit += 3;
      continue;
    }
    if (column + 4 <= inner) {
      v128.store(to, f32x4.mul(sumOfColumns(true, from, bytes, count), f32x4.splat(scale)));
      continue;
    }
    for (let lane = 0; lane < inner - column; lane++) {
      const offset = <usize>lane << 2;
      const total = f32x4.extract_lane(sumOfColumns(false, from + offset, bytes, count), 0);
      store<f32>(to + offset, total * scale);
    }
  }
}

/** Four units at once, whose columns share a cache line; the order of each column is the same. */
function sumSixteenColumns(from: usize, bytes: usize, count: i32, to: usize, scale: v128): void {
  let t0 = f32x4.splat(0);
  let t1 = t0;
  let t2 = t0;
  let t3 = t0;
  for (let first = 0; first < count; first += rowsOfBlock) {
    let b0 = f32x4.splat(0);
    let b1 = b0;
    let b2 = b0;
    let b3 = b0;
    const last = min(count, first + rowsOfBlock);
    for (let i = first; i < last; i++) {
      const at = from + <usize>i * bytes;
      b0 = f32x4.add(b0, v128.load(at));
      b1 = f32x4.add(b1, v128.load(at, 16));
      b2 = f32x4.add(b2, v128.load(at, 32));
      b3 = f32x4.add(b3, v128.load(at, 48));
    }
    t0 = f32x4.add(t0, b0);
    t1 = f32x4.add(t1, b1);
    t2 = f32x4.add(t2, b2);
    t3 = f32x4.add(t3, b3);
  }
  v128.store(to, f32x4.mul(t0, scale));
  v128.store(to, f32x4.mul(t1, scale), 16);
  v128.store(to, f32x4.mul(t2, scale), 32);
  v128.store(to, f32x4.mul(t3, scale), 48);
}

// @ts-ignore: decorator
@inline
function sumOfColumns(four: bool, from: usize, bytes: usize, count: i32): v128 {
  let total = f32x4.splat(0);
  for (let first = 0; first < count; first += rowsOfBlock) {
    let block = f32x4.splat(0);
    const last = min(count, first + rowsOfBlock);
    for (let i = first; i < last; i++) {
      const at = from + <usize>i * bytes;
      block = f32x4.add(block, four ? v128.load(at) : v128.load32_splat(at));
    }
    total = f32x4.add(total, block);
  }
  return total;
}
