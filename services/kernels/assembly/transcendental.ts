import { erfF32x4 } from './math/erf';
import { expF32x4 } from './math/exp';
import { expm1F32x4 } from './math/expm1';
import { logF32x4 } from './math/log';
import { geluF32x4 } from './math/gelu';
import { log1pF32x4 } from './math/log1p';
import { rsqrtF32x4 } from './math/rsqrt';
import { sigmoidF32x4 } from './math/sigmoid';
import { softplusF32x4 } from './math/softplus';
import { tanhF32x4 } from './math/tanh';
import { address } from './parameters';

/** Functions of one float32 element, by code. */
namespace Elementary {
  export const exp = 0;
  export const expm1 = 1;
  export const log = 2;
  export const log1p = 3;
  export const tanh = 4;
  export const sigmoid = 5;
  export const softplus = 6;
  export const erf = 7;
  export const rsqrt = 8;
  export const gelu = 9;
}

// @ts-ignore: decorator
@inline
function apply(code: i32, x: v128): v128 {
  if (code == Elementary.exp) return expF32x4(x);
  if (code == Elementary.expm1) return expm1F32x4(x);
  if (code == Elementary.log) return logF32x4(x);
  if (code == Elementary.log1p) return log1pF32x4(x);
  if (code == Elementary.tanh) return tanhF32x4(x);
  if (code == Elementary.sigmoid) return sigmoidF32x4(x);
  if (code == Elementary.softplus) return softplusF32x4(x);
  if (code == Elementary.erf) return erfF32x4(x);
  if (code == Elementary.gelu) return geluF32x4(x);
  return rsqrtF32x4(x);
}

/** `out = f(x)`. Parameters: x, out. A unit is an element. */
// @ts-ignore: decorator
@inline
function map(code: i32, p: usize, begin: i32, end: i32): void {
  const x = address(p, 0);
  const to = address(p, 1);
  let offset = <usize>begin << 2;
  const bytes = <usize>end << 2;
  // Two vectors a turn: engines lay the constants of a function out anew in each.
  for (; offset + 32 <= bytes; offset += 32) {
    v128.store(to + offset, apply(code, v128.load(x + offset)));
    v128.store(to + offset, apply(code, v128.load(x + offset, 16)), 16);
  }
  for (; offset + 16 <= bytes; offset += 16) v128.store(to + offset, apply(code, v128.load(x + offset)));
  for (; offset < bytes; offset += 4) {
    v128.store_lane<u32>(to + offset, apply(code, v128.load32_splat(x + offset)), 0);
  }
}

export function exp(p: usize, begin: i32, end: i32): void {
  map(Elementary.exp, p, begin, end);
}

export function expm1(p: usize, begin: i32, end: i32): void {
  map(Elementary.expm1, p, begin, end);
}

export function log(p: usize, begin: i32, end: i32): void {
  map(Elementary.log, p, begin, end);
}

export function log1p(p: usize, begin: i32, end: i32): void {
  map(Elementary.log1p, p, begin, end);
}

export function tanh(p: usize, begin: i32, end: i32): void {
  map(Elementary.tanh, p, begin, end);
}

export function sigmoid(p: usize, begin: i32, end: i32): void {
  map(Elementary.sigmoid, p, begin, end);
}

export function softplus(p: usize, begin: i32, end: i32): void {
  map(Elementary.softplus, p, begin, end);
}

export function erf(p: usize, begin: i32, end: i32): void {
  map(Elementary.erf, p, begin, end);
}

export function rsqrt(p: usize, begin: i32, end: i32): void {
  map(Elementary.rsqrt, p, begin, end);
}

export function gelu(p: usize, begin: i32, end: i32): void {
  map(Elementary.gelu, p, begin, end);
}
