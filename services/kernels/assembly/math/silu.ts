import { expMinusOneOfReduced, LN2_HIGH, LN2_LOW, LOG2_E, powerOfTwo, ROUNDER } from './exp-reduction';

/** Bits of `ROUNDER`, shifted right by one: what `half` is for n = 0. */
const HALF_OF_ROUNDER: i32 = 0x25a00000;

/**
 * x / (1 + e^-x), with the denominator of `sigmoid.ts`.
 *
 * Error at most 1.63 ulp over all inputs, subnormal results included. silu(+-0) = +-0, silu(+infinity) = +infinity,
 * silu(-infinity) = -0; below -108.7 the result is -0. NaN for NaN.
 */
// @ts-ignore: decorator
@inline
export function siluF32x4(x: v128): v128 {
  // Below -110 the result is -0, from 30 on it is x; a NaN passes through.
  const numerator = f32x4.pmax(x, f32x4.splat(-110));
  const bounded = f32x4.neg(f32x4.pmin(numerator, f32x4.splat(30)));
  const shifted = f32x4.add(f32x4.mul(bounded, f32x4.splat(LOG2_E)), f32x4.splat(ROUNDER));
  const n = f32x4.sub(shifted, f32x4.splat(ROUNDER));
  const rHigh = f32x4.sub(bounded, f32x4.mul(n, f32x4.splat(LN2_HIGH)));
  const s = expMinusOneOfReduced(rHigh, f32x4.mul(n, f32x4.splat(LN2_LOW)));
  // No scaling for positive x, where the product with it could overflow.
  const half = i32x4.max_s(i32x4.shr_s(shifted, 1), i32x4.splat(HALF_OF_ROUNDER));
  const scale = powerOfTwo(i32x4.neg(half));
  const growth = powerOfTwo(i32x4.sub(shifted, half));
  const sum = f32x4.add(growth, scale);
  const lost = f32x4.sub(scale, f32x4.sub(sum, growth));
  const denominator = f32x4.add(sum, f32x4.add(f32x4.mul(growth, s), lost));
  return f32x4.div(f32x4.mul(numerator, scale), denominator);
}
