import { expOfReduced, LN2_HIGH, LN2_LOW, LOG2_E, powerOfTwo, ROUNDER } from './exp-reduction';

/** Below this magnitude the first polynomial is used, above it the second. */
const SMALL: f32 = 0.875;

/**
 * erf x: x + x S(x^2) with an S of degree 6 for |x| < 0.875, else 1 - e^-Q(|x|) with a Q of degree 6 and the sign of x (both in
 * `polynomials.py`).
 *
 * Error at most 1.37 ulp over all inputs; odd bit for bit. erf(+-0) = +-0, erf(+-infinity) = +-1, and +-1 beyond 3.92. NaN for
 * NaN.
 */
// @ts-ignore: decorator
@inline
export function erfF32x4(x: v128): v128 {
  const magnitude = f32x4.abs(x);
  const near = f32x4.add(x, f32x4.mul(x, nearPolynomial(f32x4.mul(x, x))));

  // From 4 on the result is 1; a NaN passes through.
  const exponent = f32x4.neg(farPolynomial(f32x4.pmin(magnitude, f32x4.splat(4))));
  const shifted = f32x4.add(f32x4.mul(exponent, f32x4.splat(LOG2_E)), f32x4.splat(ROUNDER));
  const n = f32x4.sub(shifted, f32x4.splat(ROUNDER));
  const rHigh = f32x4.sub(exponent, f32x4.mul(n, f32x4.splat(LN2_HIGH)));
  const complement = f32x4.mul(expOfReduced(rHigh, f32x4.mul(n, f32x4.splat(LN2_LOW))), powerOfTwo(shifted));
  const far = f32x4.sub(f32x4.splat(1), complement);
  const signed = v128.or(far, v128.and(x, i32x4.splat(0x80000000)));
  return v128.bitselect(near, signed, f32x4.lt(magnitude, f32x4.splat(SMALL)));
}

/** S(z) = erf(sqrt z) / sqrt z - 1 for 0 <= z <= 0.765625, error 2^-26.6 of erf. */
// @ts-ignore: decorator
@inline
function nearPolynomial(z: v128): v128 {
  let p = f32x4.splat(8.675392746226862e-5);
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-0.0008211104432120919));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(0.005206747446209192));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-0.026861583814024925));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(0.11283732950687408));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-0.37612634897232056));
  return f32x4.add(f32x4.mul(p, z), f32x4.splat(0.12837916612625122));
}

/** Q(x) = -ln(1 - erf x) for 0.875 <= x <= 4, error 2^-28 of erf. */
// @ts-ignore: decorator
@inline
function farPolynomial(x: v128): v128 {
  let p = f32x4.splat(-0.0002009960444411263);
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(0.0030922903679311275));
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(-0.022420210763812065));
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(0.104327492415905));
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(0.6367372274398804));
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(1.1279361248016357));
  return f32x4.add(f32x4.mul(p, x), f32x4.splat(0.00013357684656511992));
}
