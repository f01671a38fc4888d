import { describe, expect, it } from '@jest/globals';
import { ndcg } from './validation.js';

describe('ndcg', () => {
  it('is 1 where the targets have the first places, in any order', () => {
    expect(ndcg([0], 20)).toBe(1);
    expect(ndcg([2, 0, 1], 20)).toBeCloseTo(1, 12);
  });

  it('falls with the logarithm of the place', () => {
    expect(ndcg([2], 20)).toBeCloseTo(0.5, 12);
    expect(ndcg([20], 20)).toBe(0);
  });

  it('takes no more places for ideal than are looked at', () => {
    expect(ndcg([0, 1, 5, 7], 2)).toBeCloseTo(1, 12);
  });
});
