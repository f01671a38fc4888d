import { normalDecay } from './gelu-tail';

/** Where the transformed variable is 0. */
const CENTRE: f64 = 3.5;
/** The derivative is 0 at the negative of the sum of these. */
const ROOT_HIGH: f64 = 0.7517915246935645;
const ROOT_LOW: f64 = -1.4956759177009883e-17;

/**
 * Phi(x) + x phi(x), the derivative of gelu, with Phi and phi of the standard normal distribution: g(-y) for x = -y <= 0 and
 * 1 - g(-y) for x = y > 0.
 *
 * g(-y) = (root - y) e^(-y^2 / 2) K(t), t = (y - 3.5) / (y + 3.5), with a K of degree 8 (`polynomials.py`): the root is a factor,
 * so that the relative error is small beside it too.
 *
 * Error at most 0.63 ulp over all inputs, subnormal results and those beside the root (x = -0.7518) included.
 * 1/2 for +-0, 1 for +infinity, -0 for -infinity and below -14.6. NaN for NaN.
 */
// @ts-ignore: decorator
@inline
export function geluDerivativeF32x4(x: v128): v128 {
  const low = geluDerivative(f64x2.promote_low_f32x4(x));
  const high = geluDerivative(f64x2.promote_low_f32x4(i64x2.shuffle(x, x, 1, 1)));
  return i64x2.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

// @ts-ignore: decorator
@inline
function geluDerivative(x: v128): v128 {
  const y = f64x2.pmin(f64x2.abs(x), f64x2.splat(15));
  const t = f64x2.div(f64x2.sub(y, f64x2.splat(CENTRE)), f64x2.add(y, f64x2.splat(CENTRE)));
  const distance = f64x2.add(f64x2.sub(f64x2.splat(ROOT_HIGH), y), f64x2.splat(ROOT_LOW));
  const tail = f64x2.mul(f64x2.mul(distance, normalDecay(y)), tailPolynomial(t));
  return v128.bitselect(f64x2.sub(f64x2.splat(1), tail), tail, f64x2.gt(x, f64x2.splat(0)));
}

/** K(t) = g(-y) e^(y^2 / 2) / (root - y), y = 3.5 (1 + t) / (1 - t), for 0 <= y <= 14.5; error 2^-27.4 of K. */
// @ts-ignore: decorator
@inline
function tailPolynomial(t: v128): v128 {
  let p = f64x2.splat(3.732404220940425e-5);
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(2.2596155012492363e-5));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(-0.0004313860542403766));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(0.00024348304968877245));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(0.004695429768891278));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(-0.022017701545251983));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(0.05832893930634183));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(-0.11131653154193226));
  return f64x2.add(f64x2.mul(p, t), f64x2.splat(0.4693795379513534));
}
