import { address, int } from './parameters';

/**
 * Index of the greatest (`sign` 1) or smallest (`sign` -1) element along the middle axis of `[outer, count, inner]`; the
 * lowest index where several are equal. NaN never wins over a number. A unit is an output.
 */
// @ts-ignore: decorator
@inline
function argument(sign: f32, p: usize, begin: i32, end: i32): void {
  const count = int(p, 2);
  const inner = int(p, 4);
  for (let unit = begin; unit < end; unit++) {
    const outer = unit / inner;
    const from = address(p, 0) + (<usize>(outer * count * inner + (unit - outer * inner)) << 2);
    let best = sign * load<f32>(from);
    let at = 0;
    for (let i = 1; i < count; i++) {
      const value = sign * load<f32>(from + (<usize>(i * inner) << 2));
      if (value > best || (best != best && value == value)) {
        best = value;
        at = i;
      }
    }
    store<i32>(address(p, 1) + (<usize>unit << 2), at);
  }
}

/** Parameters: x, out, count, unused, inner. */
export function argMax(p: usize, begin: i32, end: i32): void {
  argument(1, p, begin, end);
}

/** Parameters: x, out, count, unused, inner. */
export function argMin(p: usize, begin: i32, end: i32): void {
  argument(-1, p, begin, end);
}

/**
 * The k greatest elements of each row, descending; of equal ones those with the lowest indices, ascending. NaN counts as
 * smaller than every number. Parameters: x, values, indices, count, k. A unit is a row.
 */
export function topK(p: usize, begin: i32, end: i32): void {
  const count = int(p, 3);
  const k = int(p, 4);
  for (let row = begin; row < end; row++) {
    const from = address(p, 0) + (<usize>row * <usize>count << 2);
    const values = address(p, 1) + (<usize>row * <usize>k << 2);
    const indices = address(p, 2) + (<usize>row * <usize>k << 2);
    // A heap whose root is the worst of those kept.
    for (let i = 0; i < count; i++) {
      const value = load<f32>(from + (<usize>i << 2));
      if (i < k) {
        store<f32>(values + (<usize>i << 2), value);
        store<i32>(indices + (<usize>i << 2), i);
        rise(values, indices, i);
      } else if (isBetter(value, i, load<f32>(values), load<i32>(indices))) {
        store<f32>(values, value);
        store<i32>(indices, i);
        sink(values, indices, k);
      }
    }
    for (let last = k - 1; last > 0; last--) {
      swap(values, indices, 0, last);
      sink(values, indices, last);
    }
  }
}

// @ts-ignore: decorator
@inline
function isBetter(a: f32, aIndex: i32, b: f32, bIndex: i32): bool {
  if (a > b) return true;
  if (a == b) return aIndex < bIndex;
  const aIsNumber = a == a;
  const bIsNumber = b == b;
  if (aIsNumber && bIsNumber) return false;
  return aIsNumber == bIsNumber ? aIndex < bIndex : aIsNumber;
}

function swap(values: usize, indices: usize, i: i32, j: i32): void {
  const x = <usize>i << 2;
  const y = <usize>j << 2;
  const value = load<u32>(values + x);
  const index = load<u32>(indices + x);
  store<u32>(values + x, load<u32>(values + y));
  store<u32>(indices + x, load<u32>(indices + y));
  store<u32>(values + y, value);
  store<u32>(indices + y, index);
}

// @ts-ignore: decorator
@inline
function isBetterAt(values: usize, indices: usize, i: i32, j: i32): bool {
  const x = <usize>i << 2;
  const y = <usize>j << 2;
  return isBetter(load<f32>(values + x), load<i32>(indices + x), load<f32>(values + y), load<i32>(indices + y));
}

function rise(values: usize, indices: usize, i: i32): void {
  while (i > 0) {
    const parent = (i - 1) >> 1;
    if (!isBetterAt(values, indices, parent, i)) return;
    swap(values, indices, i, parent);
    i = parent;
  }
}

function sink(values: usize, indices: usize, count: i32): void {
  let i = 0;
  for (;;) {
    let worst = i;
    const left = 2 * i + 1;
    if (left < count && isBetterAt(values, indices, worst, left)) worst = left;
    if (left + 1 < count && isBetterAt(values, indices, worst, left + 1)) worst = left + 1;
    if (worst == i) return;
    swap(values, indices, i, worst);
    i = worst;
  }
}
