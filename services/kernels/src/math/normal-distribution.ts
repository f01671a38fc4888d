/**
 * The normal distribution in float64, as the reference that elementary functions of float32 are compared with. Relative error
 * below 2^-40 (`references.test.ts` holds it against a computation with 60 digits).
 */

const SQRT_TWO_PI = Math.sqrt(2 * Math.PI);
/** Below it the power series is used, above it the continued fraction. */
const SERIES_BOUND = 2;

/** Density of the standard normal distribution; x of at most 26 significant bits, so that its square is exact. */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / SQRT_TWO_PI;
}

/** Integral of the standard normal density from y >= 0 to infinity. */
export function upperTail(y: number): number {
  return normalDensity(y) * millsRatio(y);
}

/**
 * Upper tail over density, for y >= 0: by the power series of 1/2 minus it (Abramowitz and Stegun 26.2.11), whose terms are all
 * positive, or by the continued fraction (26.2.14).
 */
export function millsRatio(y: number): number {
  if (y < SERIES_BOUND) return 0.5 / normalDensity(y) - oddSeries(y);
  let rest = y;
  for (let k = Math.ceil(20 + 400 / (y * y)); k > 0; k--) rest = y + k / rest;
  return 1 / rest;
}

/** Error function (Abramowitz and Stegun 7.1.6, and 26.2.29 for the tail). */
export function erf(x: number): number {
  const magnitude = Math.abs(x);
  if (Number.isNaN(x) || magnitude > 7) return Number.isNaN(x) ? x : Math.sign(x);
  if (magnitude < SERIES_BOUND)
    return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * Math.SQRT1_2 * oddSeries(Math.SQRT2 * x);
  return Math.sign(x) * (1 - 2 * upperTail(Math.SQRT2 * magnitude));
}

/** Sum over n of y^(2n + 1) / (1 * 3 * ... * (2n + 1)). */
function oddSeries(y: number): number {
  const square = y * y;
  let term = y;
  let sum = y;
  for (let odd = 3; Math.abs(term) > Math.abs(sum) * 1e-17; odd += 2) {
    term *= square / odd;
    sum += term;
  }
  return sum;
}
