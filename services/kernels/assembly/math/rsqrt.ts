/** 1 / sqrt(x), by the instructions for square root and division, each correctly rounded. */
// @ts-ignore: decorator
@inline
export function rsqrtF32x4(x: v128): v128 {
  return f32x4.div(f32x4.splat(1), f32x4.sqrt(x));
}
