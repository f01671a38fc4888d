import { gelu, geluDerivative } from './gelu.js';
import { erf } from './normal-distribution.js';

/** An elementary function of the kernels with what it is compared with. */
export interface ElementaryFunction {
  readonly name: string;
  /**
   * The function in float64, of a float32 input: its relative error is below 2^-40 (2^-16 ulp of float32), its zeros have the
   * sign that the kernel documents.
   */
  readonly reference: (x: number) => number;
  /** Largest error that the docstring of the kernel states, in ulp, over all inputs. */
  readonly ulpBound: number;
}

/**
 * The functions of `assembly/math-check.ts`. Where `Math` is the reference it is V8's port of fdlibm, whose
 * functions err by less than two ulp of float64, and by the operations around them a few more.
 */
export const elementaryFunctions: readonly ElementaryFunction[] = [
  { name: 'exp', reference: Math.exp, ulpBound: 0.9 },
  { name: 'expm1', reference: Math.expm1, ulpBound: 1.24 },
  { name: 'log', reference: Math.log, ulpBound: 0.96 },
  { name: 'log1p', reference: Math.log1p, ulpBound: 0.98 },
  { name: 'tanh', reference: Math.tanh, ulpBound: 1.06 },
  { name: 'sigmoid', reference: sigmoid, ulpBound: 1.67 },
  { name: 'softplus', reference: softplus, ulpBound: 1.69 },
  { name: 'erf', reference: erf, ulpBound: 1.37 },
  { name: 'rsqrt', reference: (x) => 1 / Math.sqrt(x), ulpBound: 1.5 },
  { name: 'silu', reference: silu, ulpBound: 1.63 },
  { name: 'gelu', reference: gelu, ulpBound: 0.65 },
  { name: 'geluDerivative', reference: geluDerivative, ulpBound: 0.63 },
];

function sigmoid(x: number): number {
  const decay = Math.exp(-Math.abs(x));
  return (x < 0 ? decay : 1) / (1 + decay);
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

function silu(x: number): number {
  return x === Number.NEGATIVE_INFINITY ? -0 : x * sigmoid(x);
}
