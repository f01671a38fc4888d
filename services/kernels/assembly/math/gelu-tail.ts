const LN2: f64 = 0.69314718055994531;
const LOG2_E: f64 = 1.44269504088896341;
/** Adding 1.5 * 2^52 rounds to the nearest whole number, which then stands in the low bits. */
const ROUNDER: f64 = 6755399441055744;

/** e^(-y^2 / 2) for 0 <= y <= 15, error 2^-29: the reduction of `exp.ts` in float64, then a polynomial of degree 6. */
// @ts-ignore: decorator
@inline
export function normalDecay(y: v128): v128 {
  const exponent = f64x2.mul(f64x2.mul(y, y), f64x2.splat(-0.5));
  const shifted = f64x2.add(f64x2.mul(exponent, f64x2.splat(LOG2_E)), f64x2.splat(ROUNDER));
  const n = f64x2.sub(shifted, f64x2.splat(ROUNDER));
  const r = f64x2.sub(exponent, f64x2.mul(n, f64x2.splat(LN2)));
  let p = f64x2.splat(0.0013836799416852659);
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.00837484458065015));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.04166822811550946));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.16666419833007737));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.4999999206027464));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.000000036394627));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0000000005558514));
  return i64x2.add(p, i64x2.shl(shifted, 52));
}
