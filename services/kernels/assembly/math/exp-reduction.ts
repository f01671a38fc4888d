/** ln 2 in two parts: the first has 15 significant bits, so that its product with a whole number below 2^9 is exact. */
export const LN2_HIGH: f32 = 0.693145751953125;
export const LN2_LOW: f32 = 1.42860682030941723e-6;
export const LOG2_E: f32 = 1.44269504088896341;
/** Adding 1.5 * 2^23 rounds a value below 2^22 to the nearest whole number, which then stands in the low bits. */
export const ROUNDER: f32 = 12582912;

/** e^(rHigh - rLow) for |rHigh - rLow| <= 0.348, where rLow is small against rHigh's largest value. */
// @ts-ignore: decorator
@inline
export function expOfReduced(rHigh: v128, rLow: v128): v128 {
  return f32x4.add(f32x4.splat(1), expMinusOneOfReduced(rHigh, rLow));
}

/** e^(rHigh - rLow) - 1 for the same. */
// @ts-ignore: decorator
@inline
export function expMinusOneOfReduced(rHigh: v128, rLow: v128): v128 {
  const r = f32x4.sub(rHigh, rLow);
  const tail = f32x4.sub(f32x4.mul(f32x4.mul(r, r), expPolynomial(r)), rLow);
  return f32x4.add(rHigh, tail);
}

/** P(r) = (e^r - 1 - r) / r^2 for |r| <= 0.348, error 2^-27.7 of e^r / r^2. */
// @ts-ignore: decorator
@inline
export function expPolynomial(r: v128): v128 {
  let p = f32x4.splat(0.0013814012054353952);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(0.008369000628590584));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(0.04166841506958008));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(0.166665181517601));
  return f32x4.add(f32x4.mul(p, r), f32x4.splat(0.4999999403953552));
}

/** 2^k where k stands in the low 9 bits of each lane and -127 < k < 128. */
// @ts-ignore: decorator
@inline
export function powerOfTwo(k: v128): v128 {
  return i32x4.add(i32x4.shl(k, 23), i32x4.splat(0x3f800000));
}
