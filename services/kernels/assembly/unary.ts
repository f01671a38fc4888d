import { address, float } from './parameters';
import { applyToFloat, Unary } from './unary-operations';

/** `out = op(x)`. Parameters: x, out. A unit is an element. */
// @ts-ignore: decorator
@inline
function unary(operation: i32, p: usize, begin: i32, end: i32): void {
  const x = address(p, 0);
  const to = address(p, 1);
  let offset = <usize>begin << 2;
  const bytes = <usize>end << 2;
  for (; offset + 16 <= bytes; offset += 16) {
    v128.store(to + offset, applyToFloat(operation, v128.load(x + offset)));
  }
  for (; offset < bytes; offset += 4) {
    v128.store_lane<u32>(to + offset, applyToFloat(operation, v128.load32_splat(x + offset)), 0);
  }
}

export function absolute(p: usize, begin: i32, end: i32): void {
  unary(Unary.absolute, p, begin, end);
}

export function negate(p: usize, begin: i32, end: i32): void {
  unary(Unary.negate, p, begin, end);
}

export function squareRoot(p: usize, begin: i32, end: i32): void {
  unary(Unary.squareRoot, p, begin, end);
}

export function square(p: usize, begin: i32, end: i32): void {
  unary(Unary.square, p, begin, end);
}

export function reciprocal(p: usize, begin: i32, end: i32): void {
  unary(Unary.reciprocal, p, begin, end);
}

export function rectify(p: usize, begin: i32, end: i32): void {
  unary(Unary.rectify, p, begin, end);
}

export function sign(p: usize, begin: i32, end: i32): void {
  unary(Unary.sign, p, begin, end);
}

export function floor(p: usize, begin: i32, end: i32): void {
  unary(Unary.floor, p, begin, end);
}

export function ceiling(p: usize, begin: i32, end: i32): void {
  unary(Unary.ceiling, p, begin, end);
}

export function round(p: usize, begin: i32, end: i32): void {
  unary(Unary.round, p, begin, end);
}

/** `out = x > 0 ? 1 : slope`, NaN where x is. Parameters: x, out, slope. A unit is an element. */
export function step(p: usize, begin: i32, end: i32): void {
  const slope = float(p, 2);
  for (let i = begin; i < end; i++) {
    const offset = <usize>i << 2;
    const x = load<f32>(address(p, 0) + offset);
    store<f32>(address(p, 1) + offset, x != x ? x : x > 0 ? 1 : slope);
  }
}

/** `out = min(max(x, low), high)`, NaN where x is. Parameters: x, out, low, high. A unit is an element. */
export function clip(p: usize, begin: i32, end: i32): void {
  const low = f32x4.splat(float(p, 2));
  const high = f32x4.splat(float(p, 3));
  let offset = <usize>begin << 2;
  const bytes = <usize>end << 2;
  const x = address(p, 0);
  const to = address(p, 1);
  for (; offset + 16 <= bytes; offset += 16) {
    v128.store(to + offset, f32x4.min(f32x4.max(v128.load(x + offset), low), high));
  }
  for (; offset < bytes; offset += 4) {
    v128.store_lane<u32>(to + offset, f32x4.min(f32x4.max(v128.load32_splat(x + offset), low), high), 0);
  }
}

/** `out = x == 0` as 0 or 1, for int32. Parameters: x, out. A unit is an element. */
export function logicalNot(p: usize, begin: i32, end: i32): void {
  for (let i = begin; i < end; i++) {
    const offset = <usize>i << 2;
    store<i32>(address(p, 1) + offset, load<i32>(address(p, 0) + offset) == 0 ? 1 : 0);
  }
}

/** int32 to the nearest float32, ties to even. Parameters: x, out. A unit is an element. */
export function integersToFloats(p: usize, begin: i32, end: i32): void {
  for (let i = begin; i < end; i++) {
    const offset = <usize>i << 2;
    store<f32>(address(p, 1) + offset, <f32>load<i32>(address(p, 0) + offset));
  }
}

/** float32 to int32 towards zero; out of range saturates, NaN gives 0. Parameters: x, out. A unit is an element. */
export function floatsToIntegers(p: usize, begin: i32, end: i32): void {
  for (let i = begin; i < end; i++) {
    const offset = <usize>i << 2;
    store<i32>(address(p, 1) + offset, i32x4.extract_lane(i32x4.trunc_sat_f32x4_s(v128.load32_splat(address(p, 0) + offset)), 0));
  }
}

/** `out = x != 0` as 0 or 1, for float32; NaN gives 1. Parameters: x, out. A unit is an element. */
export function floatsToTruth(p: usize, begin: i32, end: i32): void {
  for (let i = begin; i < end; i++) {
    const offset = <usize>i << 2;
    store<i32>(address(p, 1) + offset, load<f32>(address(p, 0) + offset) != 0 ? 1 : 0);
  }
}

/** `out = x != 0` as 0 or 1, for int32. Parameters: x, out. A unit is an element. */
export function integersToTruth(p: usize, begin: i32, end: i32): void {
  for (let i = begin; i < end; i++) {
    const offset = <usize>i << 2;
    store<i32>(address(p, 1) + offset, load<i32>(address(p, 0) + offset) != 0 ? 1 : 0);
  }
}

/** `out = condition ? a : b`. Parameters: condition (0 or 1), a, b, out, elements that one condition is for. A unit is an element. */
export function select(p: usize, begin: i32, end: i32): void {
  const span = load<i32>(p + 16);
  for (let i = begin; i < end; i++) {
    const offset = <usize>i << 2;
    const chosen = load<i32>(address(p, 0) + (<usize>(i / span) << 2)) != 0 ? address(p, 1) : address(p, 2);
    store<u32>(address(p, 3) + offset, load<u32>(chosen + offset));
  }
}
