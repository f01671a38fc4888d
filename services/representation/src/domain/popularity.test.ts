import { describe, expect, it } from '@jest/globals';

import { popularityAt } from './popularity.js';

const table = {
  offsets: Uint32Array.from([0, 4, 4]),
  timesMs: Float64Array.from([100, 200, 900, 950]),
  recentMs: 120,
};

describe('popularityAt', () => {
  it('counts what happened strictly before the time', () => {
    expect(popularityAt(table, 0, 950)).toEqual([2, 1, 7]);
    expect(popularityAt(table, 0, 951)).toEqual([3, 2, 7]);
    expect(popularityAt(table, 0, 100)).toEqual([0, 0, 0]);
  });

  it('is nothing for an item without events', () => {
    expect(popularityAt(table, 1, 1e12)).toEqual([0, 0, 0]);
  });
});
