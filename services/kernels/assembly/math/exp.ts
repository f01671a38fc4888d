import { expOfReduced, LN2_HIGH, LN2_LOW, LOG2_E, powerOfTwo, ROUNDER } from './exp-reduction';

/**
 * e^x.
 *
 * x = n ln 2 + r with |r| <= ln 2 / 2 (Cody and Waite, Software Manual for the Elementary Functions, 1980, chapter 6), then
 * e^r = 1 + (r + r^2 P(r)) with a P of degree 4 (`polynomials.py`), scaled by 2^n in two steps so that subnormal results are
 * rounded once.
 *
 * Error at most 0.90 ulp over all inputs, subnormal results included. exp(+-0) = 1, exp(+infinity) = +infinity,
 * exp(-infinity) = +0; above 88.72 the result is +infinity, below -103.97 it is +0. NaN for NaN.
 */
// @ts-ignore: decorator
@inline
export function expF32x4(x: v128): v128 {
  // Beyond the bounds the result is +0 and +infinity; a NaN passes through.
  const bounded = f32x4.pmax(f32x4.pmin(x, f32x4.splat(89)), f32x4.splat(-104));
  const shifted = f32x4.add(f32x4.mul(bounded, f32x4.splat(LOG2_E)), f32x4.splat(ROUNDER));
  const n = f32x4.sub(shifted, f32x4.splat(ROUNDER));
  const rHigh = f32x4.sub(bounded, f32x4.mul(n, f32x4.splat(LN2_HIGH)));
  const rLow = f32x4.mul(n, f32x4.splat(LN2_LOW));
  const mantissa = expOfReduced(rHigh, rLow);
  const half = i32x4.shr_s(shifted, 1);
  return f32x4.mul(f32x4.mul(mantissa, powerOfTwo(half)), powerOfTwo(i32x4.sub(shifted, half)));
}
