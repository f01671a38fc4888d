import { logOfScaled } from './log-polynomial';

/** Bits of 0.75, the least mantissa. */
const LEAST_MANTISSA: i32 = 0x3f400000;
const ONE: i32 = 0x3f800000;

/**
 * ln(1 + x). e is the exponent of 1 + x, and f = 2^-e x + (2^-e - 1) is exact by Sterbenz's lemma (Muller, Elementary
 * Functions, 2016, section 2.2.3): for e = 0 it is x, and else 2^-e x lies between half and twice 1 - 2^-e.
 *
 * Error at most 0.98 ulp over all inputs. log1p(+-0) = +-0, log1p(-1) = -infinity, log1p(+infinity) = +infinity. NaN for
 * x < -1 and for NaN.
 */
// @ts-ignore: decorator
@inline
export function log1pF32x4(x: v128): v128 {
  const one = f32x4.splat(1);
  const exponent = i32x4.shr_s(i32x4.sub(f32x4.add(x, one), i32x4.splat(LEAST_MANTISSA)), 23);
  const shift = i32x4.shl(exponent, 23);
  const scale = f32x4.pmax(i32x4.sub(i32x4.splat(ONE), shift), f32x4.splat(0));
  const f = f32x4.add(i32x4.sub(x, shift), f32x4.sub(scale, one));
  const result = logOfScaled(f32x4.convert_i32x4_s(exponent), f);
  // The sign of the result is x's: this makes -0 of -0.
  const signed = v128.or(result, v128.and(x, i32x4.splat(0x80000000)));

  const minusOne = f32x4.splat(-1);
  const above = f32x4.gt(x, minusOne);
  const ordinary = v128.and(above, f32x4.lt(x, f32x4.splat(Infinity)));
  const ofRest = v128.bitselect(f32x4.splat(-Infinity), f32x4.splat(NaN), f32x4.eq(x, minusOne));
  return v128.bitselect(signed, v128.bitselect(x, ofRest, above), ordinary);
}
