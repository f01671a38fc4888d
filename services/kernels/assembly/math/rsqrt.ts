/**
 * 1 / sqrt(x), by the instructions for square root and division, each correctly rounded.
 *
 * Error at most 1.50 ulp over all inputs. rsqrt(+-0) = +-infinity, rsqrt(+infinity) = +0. NaN for x < 0 and for NaN.
 */
// @ts-ignore: decorator
@inline
export function rsqrtF32x4(x: v128): v128 {
  return f32x4.div(f32x4.splat(1), f32x4.sqrt(x));
}
