import { logOfScaled } from './log-polynomial';

/** Bits of 0.75, the least mantissa. */
const LEAST_MANTISSA: i32 = 0x3f400000;

/**
 * ln x. x = 2^e m with 0.75 <= m < 1.5, then e ln 2 + ln(1 + (m - 1)) (Cody and Waite, Software Manual for the Elementary
 * Functions, 1980, chapter 5).
 *
 * Error at most 0.96 ulp over all inputs, subnormal ones included. log(1) = +0, log(+-0) = -infinity,
 * log(+infinity) = +infinity. NaN for x < 0 and for NaN.
 */
// @ts-ignore: decorator
@inline
export function logF32x4(x: v128): v128 {
  const subnormal = f32x4.lt(x, f32x4.splat(1.1754943508222875e-38));
  const scaled = v128.bitselect(f32x4.mul(x, f32x4.splat(8388608)), x, subnormal);
  const exponent = i32x4.shr_s(i32x4.sub(scaled, i32x4.splat(LEAST_MANTISSA)), 23);
  const mantissa = i32x4.sub(scaled, i32x4.shl(exponent, 23));
  const e = i32x4.sub(exponent, v128.and(subnormal, i32x4.splat(23)));
  const result = logOfScaled(f32x4.convert_i32x4_s(e), f32x4.sub(mantissa, f32x4.splat(1)));

  const zero = f32x4.splat(0);
  const ordinary = v128.and(f32x4.gt(x, zero), f32x4.lt(x, f32x4.splat(Infinity)));
  const ofZero = v128.bitselect(f32x4.splat(-Infinity), f32x4.splat(NaN), f32x4.eq(x, zero));
  return v128.bitselect(result, v128.bitselect(x, ofZero, f32x4.gt(x, zero)), ordinary);
}
