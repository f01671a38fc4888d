import { describe, expect, it } from '@jest/globals';
import { dictionaryHealth, perplexityOf } from './dictionary-health.js';

describe('dictionaryHealth', () => {
  it('counts codes, tuples and what stays unused', () => {
    const codes = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1];
    const health = dictionaryHealth([3, 2], codes, 0.25);
    expect(health.items).toBe(6);
    expect(health.levels[0]).toEqual({
      codes: 3,
      occupancy: [3, 3, 0],
      perplexity: expect.closeTo(2, 9),
      perplexityShare: expect.closeTo(2 / 3, 9),
      dead: 1,
      meanOccupancy: 2,
      p99Occupancy: 3,
      maxOccupancy: 3,
    });
    expect(health.levels[1]!.occupancy).toEqual([2, 4]);
    expect(health).toMatchObject({
      tuples: 6,
      ownedTuples: 3,
      meanItemsPerTuple: 2,
      p99ItemsPerTuple: 3,
      maxItemsPerTuple: 3,
      tuplesByItems: [1, 2],
      churn: 0.25,
    });
  });

  it('has nothing to say of a model without interests', () => {
    expect(dictionaryHealth([], [])).toMatchObject({
      items: 0,
      levels: [],
      ownedTuples: 0,
      maxItemsPerTuple: 0,
    });
  });

  it('takes the 99th percentile among many codes', () => {
    const codes = Array.from({ length: 200 }, (_, code) => new Array<number>(code + 1).fill(code)).flat();
    expect(dictionaryHealth([200], codes).levels[0]!.p99Occupancy).toBe(198);
  });
});

describe('perplexityOf', () => {
  it('is the number of things that are used alike', () => {
    expect(perplexityOf([5, 5, 5, 5, 0])).toBeCloseTo(4, 9);
    expect(perplexityOf([7, 0])).toBe(1);
    expect(perplexityOf([0, 0])).toBe(0);
  });
});
