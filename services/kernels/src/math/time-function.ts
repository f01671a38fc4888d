import type { MathCheck } from './math-check-module.js';

/** So long it runs before it is timed, for V8 to have optimised it. */
const warmUpMs = 300;
/** Inputs in the first-level cache, and rounds over them in one measurement. */
const cachedInputs = 4096;
const rounds = 64;
const measurements = 15;

/**
 * Median time of a function on one thread, nanoseconds an element. The inputs lie in (0, 4) with either sign, without one for
 * functions of positive numbers, and fit the first-level cache.
 */
export function timeFunction(check: MathCheck, name: string, signed: boolean, clockMs: () => number): number {
  for (let i = 0; i < cachedInputs; i++) {
    const value = 4 * ((((i * 0x9e3779b1) >>> 0) + 1) / 2 ** 32);
    check.inputs[i] = signed && i % 2 === 1 ? -value : value;
  }
  for (const began = clockMs(); clockMs() - began < warmUpMs; ) check.apply(name, cachedInputs);
  const times = Array.from({ length: measurements }, () => {
    const began = clockMs();
    for (let round = 0; round < rounds; round++) check.apply(name, cachedInputs);
    return ((clockMs() - began) * 1e6) / (rounds * cachedInputs);
  });
  return times.sort((a, b) => a - b)[measurements >> 1]!;
}
