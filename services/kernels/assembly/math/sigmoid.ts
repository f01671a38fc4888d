import { expMinusOneOfReduced, LN2_HIGH, LN2_LOW, LOG2_E, powerOfTwo, ROUNDER } from './exp-reduction';

/**
 * 1 / (1 + e^-x). With e^-x = 2^n (1 + s), |s| < 0.42, the denominator is (1 + 2^n) + 2^n s, where what the first sum loses is
 * found by Dekker's fast two-sum (Numerische Mathematik 18, 1971, section 4). Numerator and denominator are scaled by 2^-h,
 * h = n / 2 rounded down, so that the tail goes down to the subnormal numbers and is rounded once.
 *
 * Error at most 1.67 ulp over all inputs, subnormal results included. sigmoid(+-0) = 0.5, sigmoid(+infinity) = 1,
 * sigmoid(-infinity) = +0; below -103.97 the result is +0. NaN for NaN.
 */
// @ts-ignore: decorator
@inline
export function sigmoidF32x4(x: v128): v128 {
  // Beyond the bounds the result is 1 and +0; a NaN passes through.
  const bounded = f32x4.pmax(f32x4.pmin(f32x4.neg(x), f32x4.splat(104)), f32x4.splat(-104));
  const shifted = f32x4.add(f32x4.mul(bounded, f32x4.splat(LOG2_E)), f32x4.splat(ROUNDER));
  const n = f32x4.sub(shifted, f32x4.splat(ROUNDER));
  const rHigh = f32x4.sub(bounded, f32x4.mul(n, f32x4.splat(LN2_HIGH)));
  const s = expMinusOneOfReduced(rHigh, f32x4.mul(n, f32x4.splat(LN2_LOW)));
  const half = i32x4.shr_s(shifted, 1);
  const numerator = powerOfTwo(i32x4.neg(half));
  const growth = powerOfTwo(i32x4.sub(shifted, half));
  const sum = f32x4.add(growth, numerator);
  const lost = f32x4.sub(numerator, f32x4.sub(sum, growth));
  return f32x4.div(numerator, f32x4.add(sum, f32x4.add(f32x4.mul(growth, s), lost)));
}
