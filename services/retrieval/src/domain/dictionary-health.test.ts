import { describe, expect, it } from '@jest/globals';
import { dictionaryHealth, perplexityOf } from './dictionary-health.js';
import type { InterestDictionary } from './interest-dictionary.js';

/** Codes 0, 1, 2 and so on a level, one apart each. */
const dictionaryOf = (...counts: number[]): InterestDictionary => ({
  dim: 1,
  codebooks: counts.map((count) => Float32Array.from({ length: count }, (_, code) => code)),
});

describe('dictionaryHealth', () => {
  it('counts codes, tuples and what stays unused', () => {
    const codes = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1];
    const health = dictionaryHealth(dictionaryOf(3, 2), codes, 0.25);
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
      codeDistance: 1,
    });
  });

  it('has nothing to say of a model without interests', () => {
    expect(dictionaryHealth(dictionaryOf(), [])).toMatchObject({
      items: 0,
      levels: [],
      ownedTuples: 0,
      maxItemsPerTuple: 0,
    });
  });

  it('measures how far apart codes are, in a tree within a cell', () => {
    const codebooks = [Float32Array.of(0, 5), Float32Array.of(0, 2, 2, 4)];
    const codes = [0, 0, 1, 1];
    expect(
      dictionaryHealth({ dim: 1, codebooks: [codebooks[0]!, codebooks[1]!.subarray(1)] }, codes).codeDistance,
    ).toBe(0);
    const tree = dictionaryHealth({ dim: 1, codebooks, kind: 'tree' }, codes);
    expect(tree.codeDistance).toBe(2);
    expect(tree.tuples).toBe(4);
  });

  it('takes the 99th percentile among many codes', () => {
    const codes = Array.from({ length: 200 }, (_, code) => new Array<number>(code + 1).fill(code)).flat();
    expect(dictionaryHealth(dictionaryOf(200), codes).levels[0]!.p99Occupancy).toBe(198);
  });
});

describe('perplexityOf', () => {
  it('is the number of things that are used alike', () => {
    expect(perplexityOf([5, 5, 5, 5, 0])).toBeCloseTo(4, 9);
    expect(perplexityOf([7, 0])).toBe(1);
    expect(perplexityOf([0, 0])).toBe(0);
  });
});
