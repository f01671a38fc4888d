/** Operations on one float32 element without transcendental functions, by code; four at a time. */
export namespace Unary {
  export const absolute = 0;
  export const negate = 1;
  export const squareRoot = 2;
  export const square = 3;
  export const reciprocal = 4;
  export const rectify = 5;
  export const sign = 6;
  export const floor = 7;
  export const ceiling = 8;
  export const round = 9;
}

/** Rounding is to the nearest, ties to even. NaN stays NaN. */
// @ts-ignore: decorator
@inline
export function applyToFloat(operation: i32, x: v128): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  if (operation == Unary.absolute) return f32x4.abs(x);
  if (operation == Unary.negate) return f32x4.neg(x);
  if (operation == Unary.squareRoot) return f32x4.sqrt(x);
  if (operation == Unary.square) return f32x4.mul(x, x);
  if (operation == Unary.reciprocal) return f32x4.div(one, x);
  if (operation == Unary.rectify) return f32x4.max(x, zero);
  if (operation == Unary.sign) return signOf(x);
  if (operation == Unary.floor) return f32x4.floor(x);
  if (operation == Unary.ceiling) return f32x4.ceil(x);
  return f32x4.nearest(x);
}

// @ts-ignore: decorator
@inline
function signOf(x: v128): v128 {
  const zero = f32x4.splat(0);
  const positive = v128.and(f32x4.gt(x, zero), f32x4.splat(1));
  const signed = v128.bitselect(f32x4.splat(-1), positive, f32x4.lt(x, zero));
  return v128.bitselect(x, signed, f32x4.ne(x, x));
}
