import { address, int } from './parameters';
import { maximumOfRow } from './reduce';

const infinity: f32 = <f32>Infinity;

const greatest = 0;
const smallest = 1;
const product = 2;
const anyTrue = 3;
const allTrue = 4;

/** `[outer, count, inner]` to `[outer, inner]` along the middle axis, ascending. A unit is an output. */
// @ts-ignore: decorator
@inline
function fold(kind: i32, p: usize, begin: i32, end: i32): void {
  const count = int(p, 2);
  const inner = int(p, 4);
  for (let unit = begin; unit < end; unit++) {
    const outer = unit / inner;
    let from = address(p, 0) + (<usize>(outer * count * inner + (unit - outer * inner)) << 2);
    const to = address(p, 1) + (<usize>unit << 2);
    if (kind == anyTrue || kind == allTrue) {
      let truth: i32 = kind == allTrue ? 1 : 0;
      for (let i = 0; i < count; i++) {
        const value: i32 = load<i32>(from) != 0 ? 1 : 0;
        truth = kind == allTrue ? truth & value : truth | value;
        from += <usize>inner << 2;
      }
      store<i32>(to, truth);
      continue;
    }
    let best: f32 = kind == greatest ? -infinity : kind == smallest ? infinity : 1;
    for (let i = 0; i < count; i++) {
      const value = load<f32>(from);
      best = kind == greatest ? max(best, value) : kind == smallest ? min(best, value) : best * value;
      from += <usize>inner << 2;
    }
    store<f32>(to, best);
  }
}

/** Greatest element along the last axis; NaN where one is. Parameters: x, out, count. A unit is a row. */
export function maxInner(p: usize, begin: i32, end: i32): void {
  const count = int(p, 2);
  for (let row = begin; row < end; row++) {
    const from = address(p, 0) + (<usize>row * <usize>count << 2);
    store<f32>(address(p, 1) + (<usize>row << 2), maximumOfRow(from, count));
  }
}

/** Greatest element along the middle axis. Parameters: x, out, count, unused, inner. A unit is an output. */
export function maxMiddle(p: usize, begin: i32, end: i32): void {
  fold(greatest, p, begin, end);
}

/** Smallest element along the middle axis. Parameters as {@link maxMiddle}. */
export function minMiddle(p: usize, begin: i32, end: i32): void {
  fold(smallest, p, begin, end);
}

/** Product along the middle axis, ascending. Parameters as {@link maxMiddle}. */
export function productMiddle(p: usize, begin: i32, end: i32): void {
  fold(product, p, begin, end);
}

/** Whether one is true along the middle axis. Parameters as {@link maxMiddle}. */
export function anyMiddle(p: usize, begin: i32, end: i32): void {
  fold(anyTrue, p, begin, end);
}

/** Whether all are true along the middle axis. Parameters as {@link maxMiddle}. */
export function allMiddle(p: usize, begin: i32, end: i32): void {
  fold(allTrue, p, begin, end);
}

/** Sums of int32 along the middle axis, modulo 2^32. Parameters as {@link maxMiddle}. A unit is an output. */
export function sumIntegers(p: usize, begin: i32, end: i32): void {
  const count = int(p, 2);
  const inner = int(p, 4);
  for (let unit = begin; unit < end; unit++) {
    const outer = unit / inner;
    let from = address(p, 0) + (<usize>(outer * count * inner + (unit - outer * inner)) << 2);
    let total = 0;
    for (let i = 0; i < count; i++) {
      total += load<i32>(from);
      from += <usize>inner << 2;
    }
    store<i32>(address(p, 1) + (<usize>unit << 2), total);
  }
}
