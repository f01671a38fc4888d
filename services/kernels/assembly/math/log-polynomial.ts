/** ln 2 in two parts: the first has 15 significant bits, so that its product with an exponent is exact. */
const LN2_HIGH: f32 = 0.693145751953125;
const LN2_LOW: f32 = 1.42860682030941723e-6;

/**
 * e ln 2 + ln(1 + f) for |e| < 2^9 and -0.25 <= f <= 0.5, where f is exact and e = 0 or e ln 2 outweighs f.
 *
 * ln(1 + f) = f - f^2 / 2 + f^3 R(f) with an R of degree 7 (`polynomials.py`), error 2^-27.1 of the logarithm. The first
 * sum's rounding error is found by Dekker's fast two-sum (Numerische Mathematik 18, 1971, section 4) and added to the tail.
 */
// @ts-ignore: decorator
@inline
export function logOfScaled(e: v128, f: v128): v128 {
  const square = f32x4.mul(f, f);
  const tail = f32x4.mul(square, f32x4.sub(f32x4.mul(f, logPolynomial(f)), f32x4.splat(0.5)));
  const high = f32x4.mul(e, f32x4.splat(LN2_HIGH));
  const sum = f32x4.add(high, f);
  const lost = f32x4.sub(f, f32x4.sub(sum, high));
  const low = f32x4.add(f32x4.mul(e, f32x4.splat(LN2_LOW)), lost);
  return f32x4.add(sum, f32x4.add(tail, low));
}

// @ts-ignore: decorator
@inline
function logPolynomial(f: v128): v128 {
  let p = f32x4.splat(-0.04507982358336449);
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.10464315861463547));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(-0.13162069022655487));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.1447850465774536));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(-0.1664724498987198));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.19990846514701843));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(-0.2500009834766388));
  return f32x4.add(f32x4.mul(p, f), f32x4.splat(0.3333345055580139));
}
