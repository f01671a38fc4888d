import { exp, expm1 } from './exp.js';
import { log1p } from './log.js';

/** Hyperbolic tangent, within 1e-15 relative. */
export function tanh(x: number): number {
  if (x === 0 || Number.isNaN(x)) return x;
  const size = Math.abs(x);
  if (size > 22) return Math.sign(x);
  const grown = expm1(2 * size);
  return Math.sign(x) * (grown / (grown + 2));
}

/** Logistic function 1 / (1 + exp(-x)), within 1e-15 relative. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + exp(-x));
  const e = exp(x);
  return e / (1 + e);
}

/** log(1 + exp(x)), within 1e-15 relative. */
export function softplus(x: number): number {
  return Math.max(x, 0) + log1p(exp(-Math.abs(x)));
}
