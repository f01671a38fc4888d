import { normalDecay } from './gelu-tail';

/** Where the transformed variable is 0. */
const CENTRE: f64 = 3.5;

/**
 * x Phi(x), with Phi the distribution function of the standard normal distribution: max(x, 0) - y Phi(-y) for y = |x|.
 *
 * y Phi(-y) = y e^(-y^2 / 2) G(t) / (y + 3.5), t = (y - 3.5) / (y + 3.5), with a G of degree 9 (`polynomials.py`; the form is
 * Shepherd and Laframboise's for erfc, Mathematics of Computation 36, 1981). The tail needs the relative precision, and y^2 more
 * bits than float32 has, so all of it is float64.
 *
 * Error at most 0.65 ulp over all inputs, subnormal results included. gelu(+-0) = +-0, gelu(+infinity) = +infinity,
 * gelu(-infinity) = -0; below -14.4 the result is -0. NaN for NaN.
 */
// @ts-ignore: decorator
@inline
export function geluF32x4(x: v128): v128 {
  const low = gelu(f64x2.promote_low_f32x4(x));
  const high = gelu(f64x2.promote_low_f32x4(i64x2.shuffle(x, x, 1, 1)));
  const result = i64x2.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
  // The sign of the result is x's: this makes -0 of -0.
  return v128.or(result, v128.and(x, i32x4.splat(0x80000000)));
}

// @ts-ignore: decorator
@inline
function gelu(x: v128): v128 {
  const y = f64x2.pmin(f64x2.abs(x), f64x2.splat(15));
  const inverse = f64x2.div(f64x2.splat(1), f64x2.add(y, f64x2.splat(CENTRE)));
  const t = f64x2.mul(f64x2.sub(y, f64x2.splat(CENTRE)), inverse);
  const tail = f64x2.mul(f64x2.mul(f64x2.mul(y, inverse), normalDecay(y)), tailPolynomial(t));
  return f64x2.sub(f64x2.pmax(x, f64x2.splat(0)), tail);
}

/** G(t) = (y + 3.5) Phi(-y) e^(y^2 / 2), y = 3.5 (1 + t) / (1 - t), for 0 <= y <= 14.5; error 2^-27 of G. */
// @ts-ignore: decorator
@inline
function tailPolynomial(t: v128): v128 {
  let p = f64x2.splat(0.00011068730316105556);
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(0.00042189613961134196));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(-0.0004949406792231146));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(-0.0031753086869041732));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(0.006493114489856942));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(0.017406377665696755));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(-0.11605304052650557));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(0.31542504881376876));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(-0.5655617451142678));
  return f64x2.add(f64x2.mul(p, t), f64x2.splat(0.7444160741380242));
}
