import { millsRatio, normalDensity, upperTail } from './normal-distribution.js';

/** From here on the density is 0 in float64, and the continued fraction needs no infinity. */
const FAR = 40;
/** The derivative of gelu is 0 at the negative of the sum of these (found with 50 digits). */
const ROOT_HIGH = 0.7517915246935645;
const ROOT_LOW = -1.4956759177009883e-17;
/** So near to its root the derivative is computed by its Taylor series there. */
const NEAR = 2 ** -9;

/** x Phi(x) in float64, with Phi the distribution function of the standard normal distribution. Relative error as `upperTail`. */
export function gelu(x: number): number {
  if (Number.isNaN(x)) return x;
  const y = Math.abs(x);
  if (y > FAR) return x > 0 ? x : -0;
  return x > 0 ? x - y * upperTail(y) : x * upperTail(y);
}

/** Phi(x) + x phi(x) in float64, the derivative of {@link gelu}; relative error below 2^-40 beside its root too. */
export function geluDerivative(x: number): number {
  if (Number.isNaN(x)) return x;
  if (Math.abs(x) > FAR) return x > 0 ? 1 : -0;
  if (x > 0) return 1 - negativeHalf(x);
  return negativeHalf(-x);
}

/** Phi(-y) - y phi(y) for y >= 0. */
function negativeHalf(y: number): number {
  const distance = y - ROOT_HIGH - ROOT_LOW;
  if (Math.abs(distance) > NEAR) return normalDensity(y) * (millsRatio(y) - y);
  // d/dy = (y^2 - 2) phi(y), and each further derivative by the product rule with phi' = -y phi.
  const r = ROOT_HIGH;
  const [first, second, third, fourth, fifth] = [
    r * r - 2,
    4 * r - r ** 3,
    r ** 4 - 7 * r * r + 4,
    -(r ** 5) + 11 * r ** 3 - 18 * r,
    r ** 6 - 16 * r ** 4 + 51 * r * r - 18,
  ];
  const series =
    first +
    distance * (second / 2 + distance * (third / 6 + distance * (fourth / 24 + (distance * fifth) / 120)));
  return normalDensity(r) * distance * series;
}
