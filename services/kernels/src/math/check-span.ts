import type { ElementaryFunction } from './elementary-functions.js';
import { blockInputs, type MathCheck } from './math-check-module.js';
import { addErrors, noError, type UlpError } from './ulp-error.js';

/** The number of float32 bit patterns. */
export const allInputs = 2 ** 32;

/**
 * Compares a function on the bit patterns `first`, `first + stride`, ... below `end` (at most 2^32) with its reference. With a
 * stride above 1 each pattern moves by a pseudo-random part of a stride, so that low bits vary too.
 */
export function checkSpan(
  check: MathCheck,
  { name, reference }: ElementaryFunction,
  span: { readonly first: number; readonly end: number; readonly stride: number },
): UlpError {
  const { first, end, stride } = span;
  const { inputs, outputs } = check;
  const patterns = new Int32Array(inputs.buffer, inputs.byteOffset, inputs.length);
  const error = noError();
  for (let next = first; next < end; ) {
    let count = 0;
    for (; count < blockInputs && next < end; next += stride) {
      const moved = next + (stride === 1 ? 0 : (Math.imul(next, 0x9e3779b1) >>> 8) % stride);
      patterns[count++] = Math.min(moved, end - 1);
    }
    while (count % 8 !== 0) patterns[count++] = end - 1;
    check.apply(name, count);
    addErrors(error, inputs.subarray(0, count), outputs.subarray(0, count), reference);
  }
  return error;
}
