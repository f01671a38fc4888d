import { expMinusOneOfReduced, LN2_HIGH, LN2_LOW, LOG2_E, powerOfTwo, ROUNDER } from './exp-reduction';

/** Below this magnitude the polynomial is used, above it the exponential. */
const SMALL: f32 = 0.75;

/**
 * tanh x: x + x^3 T(x^2) with a T of degree 5 (`polynomials.py`) for |x| < 0.75, else 1 - 2 / (e^2|x| + 1) with the sign of x
 * (Cody and Waite, Software Manual for the Elementary Functions, 1980, chapter 13), the denominator as in `sigmoid.ts`.
 *
 * Error at most 1.06 ulp over all inputs; odd bit for bit. tanh(+-0) = +-0, tanh(+-infinity) = +-1, and +-1 beyond 9.02.
 * NaN for NaN.
 */
// @ts-ignore: decorator
@inline
export function tanhF32x4(x: v128): v128 {
  const magnitude = f32x4.abs(x);
  const square = f32x4.mul(x, x);
  const near = f32x4.add(x, f32x4.mul(f32x4.mul(x, square), tanhPolynomial(square)));

  // From 10 on the result is 1; a NaN passes through.
  const bounded = f32x4.pmin(f32x4.add(magnitude, magnitude), f32x4.splat(20));
  const shifted = f32x4.add(f32x4.mul(bounded, f32x4.splat(LOG2_E)), f32x4.splat(ROUNDER));
  const n = f32x4.sub(shifted, f32x4.splat(ROUNDER));
  const rHigh = f32x4.sub(bounded, f32x4.mul(n, f32x4.splat(LN2_HIGH)));
  const s = expMinusOneOfReduced(rHigh, f32x4.mul(n, f32x4.splat(LN2_LOW)));
  const growth = powerOfTwo(shifted);
  const one = f32x4.splat(1);
  const denominator = f32x4.add(f32x4.add(growth, one), f32x4.mul(growth, s));
  const far = f32x4.sub(one, f32x4.div(f32x4.splat(2), denominator));

  const result = v128.bitselect(near, far, f32x4.lt(magnitude, f32x4.splat(SMALL)));
  return v128.or(result, v128.and(x, i32x4.splat(0x80000000)));
}

/** T(z) = (tanh(sqrt z) / sqrt z - 1) / z for 0 <= z <= 0.5625, error 2^-27 of the hyperbolic tangent. */
// @ts-ignore: decorator
@inline
function tanhPolynomial(z: v128): v128 {
  let p = f32x4.splat(0.0017369372071698308);
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-0.007657257840037346));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(0.021452035754919052));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-0.053892724215984344));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(0.1333269476890564));
  return f32x4.add(f32x4.mul(p, z), f32x4.splat(-0.33333316445350647));
}
