import { expPolynomial, LN2_HIGH, LN2_LOW, LOG2_E, powerOfTwo, ROUNDER } from './exp-reduction';

/**
 * e^x - 1. With the reduction of `exp.ts`, e^x - 1 = (2^n - 1 + 2^n r) + 2^n (r^2 P(r)), computed at half its size, for 2^128
 * is no float32.
 *
 * Error at most 1.24 ulp over all inputs. expm1(+-0) = +-0, expm1(+infinity) = +infinity, expm1(-infinity) = -1; above 88.72
 * the result is +infinity, below -17.33 it is -1. NaN for NaN.
 */
// @ts-ignore: decorator
@inline
export function expm1F32x4(x: v128): v128 {
  const bounded = f32x4.pmax(f32x4.pmin(x, f32x4.splat(89)), f32x4.splat(-20));
  const shifted = f32x4.add(f32x4.mul(bounded, f32x4.splat(LOG2_E)), f32x4.splat(ROUNDER));
  const n = f32x4.sub(shifted, f32x4.splat(ROUNDER));
  const rHigh = f32x4.sub(bounded, f32x4.mul(n, f32x4.splat(LN2_HIGH)));
  const rLow = f32x4.mul(n, f32x4.splat(LN2_LOW));
  const r = f32x4.sub(rHigh, rLow);
  const tail = f32x4.sub(f32x4.mul(f32x4.mul(r, r), expPolynomial(r)), rLow);

  const scale = powerOfTwo(i32x4.sub(shifted, i32x4.splat(1)));
  const head = f32x4.add(f32x4.sub(scale, f32x4.splat(0.5)), f32x4.mul(scale, rHigh));
  const half = f32x4.add(head, f32x4.mul(scale, tail));
  const result = f32x4.add(half, half);
  // So near to 0 the result is x, also where half of it would lose a bit, and -0 stays -0.
  const tiny = f32x4.lt(f32x4.abs(x), f32x4.splat(2.9802322387695312e-8));
  return v128.bitselect(x, result, tiny);
}
