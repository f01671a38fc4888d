import { highWord, powerOfTwo, withHighWord } from './float-bits.js';

/**
 * Natural logarithm by + - * / and bit operations only (ECMAScript leaves `Math.log` to the implementation).
 * Error at most 2 units in the last place. `log(0)` is -Infinity, a negative number gives NaN.
 */
export function log(x: number): number {
  if (Number.isNaN(x) || x < 0) return Number.NaN;
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (x === Number.POSITIVE_INFINITY) return x;
  if (x < minNormal) return logOfNormal(x * 2 ** 54, -54);
  return logOfNormal(x, 0);
}

/** log(1 + x) without the loss of digits near 0. Error at most 2 units in the last place. */
export function log1p(x: number): number {
  if (x > -0.25 && x < 0.4) return logNearOne(x, 0);
  const sum = 1 + x;
  if (!Number.isFinite(sum) || sum <= 0) return log(sum);
  // What the addition rounded away, to first order.
  const lost = x >= 1 ? 1 - (sum - x) : x - (sum - 1);
  return log(sum) + lost / sum;
}

/** Base-2 logarithm, within 1e-15 relative; exact where `x` is a power of two. */
export function log2(x: number): number {
  const high = highWord(x);
  const exponent = (high >>> 20) - 1023;
  if (exponent >= -1022 && exponent <= 1023 && powerOfTwo(exponent) === x) return exponent;
  return log(x) / Math.LN2;
}

const minNormal = 2 ** -1022;

// ln 2 in two parts: the first has 20 trailing zero bits, so its product with an exponent is exact.
const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;

function logOfNormal(x: number, exponentOffset: number): number {
  const high = highWord(x);
  let exponent = (high >>> 20) - 1023 + exponentOffset;
  // Mantissa in [sqrt(1/2), sqrt 2), so that the series below converges fast.
  const fraction = high & 0xf_ffff;
  const upper = fraction >= 0x6a09e;
  if (upper) exponent++;
  const mantissa = withHighWord(x, fraction | (upper ? 0x3fe0_0000 : 0x3ff0_0000));
  return logNearOne(mantissa - 1, exponent);
}

/**
 * log(1 + f) + exponent ln 2 for f in about [-0.3, 0.42]: with s = f / (2 + f), log(1 + f) = 2 atanh(s), and since
 * f = 2s + s f the leading term is f itself, which carries no rounding.
 */
function logNearOne(f: number, exponent: number): number {
  const s = f / (2 + f);
  const z = s * s;
  const halfSquare = 0.5 * f * f;
  const tail = z * atanhTail(z);
  return exponent * ln2High - (halfSquare - (s * (halfSquare + tail) + exponent * ln2Low) - f);
}

/** 2 (1/3 + z/5 + z^2/7 + ...) up to z^11: the rest is below 2^-58 for z up to 0.0295. */
function atanhTail(z: number): number {
  let sum = 2 / 25;
  for (let divisor = 23; divisor >= 3; divisor -= 2) sum = sum * z + 2 / divisor;
  return sum;
}
