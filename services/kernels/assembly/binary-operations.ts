/** Operations on two elements, by code; four at a time. Comparisons and logic give the int32 values 0 and 1. */
export namespace Binary {
  export const add = 0;
  export const subtract = 1;
  export const multiply = 2;
  export const divide = 3;
  export const maximum = 4;
  export const minimum = 5;
  export const squaredDifference = 6;
  export const equal = 7;
  export const notEqual = 8;
  export const greater = 9;
  export const greaterEqual = 10;
  export const less = 11;
  export const lessEqual = 12;
  export const and = 13;
  export const or = 14;
}

/** float32 operands. Maximum and minimum give NaN where an operand is NaN, and hold -0 below +0. */
// @ts-ignore: decorator
@inline
export function applyToFloats(operation: i32, a: v128, b: v128): v128 {
  if (operation == Binary.add) return f32x4.add(a, b);
  if (operation == Binary.subtract) return f32x4.sub(a, b);
  if (operation == Binary.multiply) return f32x4.mul(a, b);
  if (operation == Binary.divide) return f32x4.div(a, b);
  if (operation == Binary.maximum) return f32x4.max(a, b);
  if (operation == Binary.minimum) return f32x4.min(a, b);
  if (operation == Binary.squaredDifference) return squared(f32x4.sub(a, b));
  if (operation == Binary.equal) return truth(f32x4.eq(a, b));
  if (operation == Binary.notEqual) return truth(f32x4.ne(a, b));
  if (operation == Binary.greater) return truth(f32x4.gt(a, b));
  if (operation == Binary.greaterEqual) return truth(f32x4.ge(a, b));
  if (operation == Binary.less) return truth(f32x4.lt(a, b));
  return truth(f32x4.le(a, b));
}

/** int32 operands, modulo 2^32; bool is int32 0 or 1. Division is none of these. */
// @ts-ignore: decorator
@inline
export function applyToIntegers(operation: i32, a: v128, b: v128): v128 {
  if (operation == Binary.add) return i32x4.add(a, b);
  if (operation == Binary.subtract) return i32x4.sub(a, b);
  if (operation == Binary.multiply) return i32x4.mul(a, b);
  if (operation == Binary.maximum) return i32x4.max_s(a, b);
  if (operation == Binary.minimum) return i32x4.min_s(a, b);
  if (operation == Binary.squaredDifference) return i32x4.mul(i32x4.sub(a, b), i32x4.sub(a, b));
  if (operation == Binary.equal) return truth(i32x4.eq(a, b));
  if (operation == Binary.notEqual) return truth(i32x4.ne(a, b));
  if (operation == Binary.greater) return truth(i32x4.gt_s(a, b));
  if (operation == Binary.greaterEqual) return truth(i32x4.ge_s(a, b));
  if (operation == Binary.less) return truth(i32x4.lt_s(a, b));
  if (operation == Binary.lessEqual) return truth(i32x4.le_s(a, b));
  const zero = i32x4.splat(0);
  if (operation == Binary.and) return truth(v128.and(i32x4.ne(a, zero), i32x4.ne(b, zero)));
  return truth(v128.or(i32x4.ne(a, zero), i32x4.ne(b, zero)));
}

// @ts-ignore: decorator
@inline
function squared(x: v128): v128 {
  return f32x4.mul(x, x);
}

/** 1 where the mask is set. */
// @ts-ignore: decorator
@inline
export function truth(mask: v128): v128 {
  return i32x4.shr_u(mask, 31);
}
