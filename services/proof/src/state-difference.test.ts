import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from './canonical-json.js';
import type { TrainingState } from './program.js';
import { stateDifference } from './state-difference.js';

const stateOf = (value: number): TrainingState => ({
  phase: 'fit',
  step: 1,
  counters: new Map(),
  tensors: new Map([['w', { type: 'float64', shape: [1], data: Float64Array.of(value) }]]),
});

describe('the difference of two states', () => {
  it('is nothing where they are equal, and tells -0 from 0', () => {
    expect(stateDifference(stateOf(1), stateOf(1))).toBeUndefined();
    expect(stateDifference(stateOf(0), stateOf(-0))).toMatchObject({
      firstDifferentTensor: 'w',
      l2: 0,
      linf: 0,
    });
  });

  it('goes into evidence however far apart they are', () => {
    const difference = stateDifference(stateOf(Number.MAX_VALUE), stateOf(-Number.MAX_VALUE))!;
    expect(difference).toMatchObject({ l2: Number.MAX_VALUE, linf: Number.MAX_VALUE });
    expect(() => canonicalJson({ ...difference })).not.toThrow();
  });
});
