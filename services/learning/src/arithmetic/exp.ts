import { powerOfTwo } from './float-bits.js';
import { log } from './log.js';

/**
 * Exponential function by + - * / and bit operations only (ECMAScript leaves `Math.exp` to the implementation).
 * Error at most 2 units in the last place for normal results.
 */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > largestArgument) return Number.POSITIVE_INFINITY;
  if (x < smallestArgument) return 0;
  const exponent = Math.floor(x * inverseLn2 + 0.5);
  return scale(1 + expm1Reduced(x, exponent), exponent);
}

/** exp(x) - 1 without the loss of digits near 0. Error at most 3 units in the last place. */
export function expm1(x: number): number {
  if (x === 0 || Number.isNaN(x)) return x;
  if (x > largestArgument) return Number.POSITIVE_INFINITY;
  if (x < -40) return -1;
  const exponent = Math.floor(x * inverseLn2 + 0.5);
  if (exponent === 0) return expm1Reduced(x, 0);
  if (exponent > 1000) return exp(x);
  const power = powerOfTwo(exponent);
  return power * expm1Reduced(x, exponent) + (power - 1);
}

/** Base to a real power, exp(exponent log base), for a base of at least 0: within 1e-14 relative while the result is between 1e-30 and 1e30. */
export function power(base: number, exponent: number): number {
  if (exponent === 0) return 1;
  if (base === 0) return exponent > 0 ? 0 : Number.POSITIVE_INFINITY;
  return exp(exponent * log(base));
}

/** Base to an integer power of at least 0 by repeated squaring: products only. */
export function integerPower(base: number, exponent: number): number {
  let result = 1;
  let factor = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= factor;
    factor *= factor;
  }
  return result;
}

const inverseLn2 = Math.LOG2E;
const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;
/** Above it the result exceeds the largest float64, below it is less than half the smallest. */
const largestArgument = 709.782712893384;
const smallestArgument = -745.1332191019412;

/** exp(r) - 1 with r = x - exponent ln 2, |r| <= 0.35: Taylor's series to r^14, whose rest is below 2^-60 of r. */
function expm1Reduced(x: number, exponent: number): number {
  const high = x - exponent * ln2High;
  const low = exponent * ln2Low;
  const r = high - low;
  const lost = high - r - low;
  let sum = 1 / 14;
  for (let n = 13; n >= 3; n--) sum = (1 + sum * r) / n;
  // exp(r) - 1 = r + (r^2 / 2)(1 + r/3 (1 + r/4 (...))); what the subtraction lost comes back to first order.
  return r + (r * r * (0.5 + 0.5 * (sum * r)) + lost);
}

/** `value` times 2^`exponent`, in two factors so that neither overflows before the product does. */
function scale(value: number, exponent: number): number {
  if (exponent >= -1021 && exponent <= 1023) return value * powerOfTwo(exponent);
  if (exponent > 1023) return value * 2 * powerOfTwo(exponent - 1);
  return value * powerOfTwo(exponent + 600) * powerOfTwo(-600);
}
