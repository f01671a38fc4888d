import { describe, expect, it } from '@jest/globals';
import { addErrors, joinErrors, noError, type UlpError } from './ulp-error.js';

/** The error of one result against one exact value. */
function errorOf(result: number, exact: number): UlpError {
  const error = noError();
  addErrors(error, Float32Array.of(7), Float32Array.of(result), () => exact);
  return error;
}

describe('addErrors', () => {
  it.each([
    { what: 'the nearest', result: 1, exact: 1 + 2 ** -25, steps: 0, ulp: 0.25 },
    { what: 'its neighbour', result: 1 + 2 ** -23, exact: 1 + 2 ** -25, steps: 1, ulp: 0.75 },
    { what: 'two above', result: 3 + 2 ** -21, exact: 3, steps: 2, ulp: 2 },
    { what: 'half the ulp below a power of two', result: 1 - 2 ** -24, exact: 1, steps: 1, ulp: 0.5 },
    { what: 'a subnormal number', result: 3 * 2 ** -149, exact: 2 ** -149, steps: 2, ulp: 2 },
    { what: 'a flushed subnormal number', result: 0, exact: 5 * 2 ** -149, steps: 5, ulp: 5 },
    { what: 'one across zero', result: -(2 ** -149), exact: 2 ** -149, steps: 2, ulp: 2 },
    {
      what: 'infinity for the largest',
      result: Number.POSITIVE_INFINITY,
      exact: 2 ** 128 - 2 ** 104,
      steps: 1,
      ulp: 0,
    },
    { what: 'NaN for NaN', result: Number.NaN, exact: Number.NaN, steps: 0, ulp: 0 },
    { what: 'a number for NaN', result: 1, exact: Number.NaN, steps: Number.POSITIVE_INFINITY, ulp: 0 },
    { what: 'NaN for a number', result: Number.NaN, exact: 1, steps: Number.POSITIVE_INFINITY, ulp: 0 },
    { what: 'a zero of the other sign', result: 0, exact: -0, steps: Number.POSITIVE_INFINITY, ulp: 0 },
  ])('measures $what', ({ result, exact, steps, ulp }) => {
    const error = errorOf(result, exact);
    expect(error.largestSteps).toBe(steps);
    expect(error.largestUlp).toBe(ulp);
    expect(error.correctlyRounded).toBe(steps === 0 ? 1 : 0);
    expect(error.inputs).toBe(1);
    if (steps > 0) expect(error.stepsInput).toBe(7);
  });
});

describe('joinErrors', () => {
  it('adds the counts and keeps the larger of each error with its input', () => {
    const near = { ...errorOf(1, 1 + 2 ** -25), ulpInput: 3 };
    const far = { ...errorOf(1 + 2 ** -22, 1), stepsInput: 5, ulpInput: 5 };
    const wanted = {
      inputs: 2,
      correctlyRounded: 1,
      largestSteps: 2,
      stepsInput: 5,
      largestUlp: 2,
      ulpInput: 5,
    };
    expect(joinErrors(near, far)).toEqual(wanted);
    expect(joinErrors(far, near)).toEqual(wanted);
  });
});
