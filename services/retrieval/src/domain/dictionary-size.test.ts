import { describe, expect, it } from '@jest/globals';
import { chooseCodeCounts } from './dictionary-size.js';

describe('chooseCodeCounts', () => {
  it.each([
    // movietweetings, beauty, sports, a catalogue of a million items
    [10_506, 100_000, 2, [9, 9]],
    [12_101, 198_502, 2, [10, 10]],
    [18_357, 296_337, 2, [12, 12]],
    [1_000_000, 100_000_000, 2, [88, 88]],
    [1_000_000, 100_000_000, 3, [20, 20, 20]],
    [1_000_000, 100_000_000, 4, [9, 9, 9, 9]],
    [40_000, 300_000, 1, [256]],
    // few items, few events
    [50, 400, 2, [4, 4]],
    [100_000, 2_000, 2, [8, 28]],
  ] as const)('gives %d items with %d events in %d levels %j codes', (items, events, levels, codes) => {
    expect(chooseCodeCounts({ items, events }, levels)).toEqual(codes);
  });

  it('knows one to four levels', () => {
    expect(() => chooseCodeCounts({ items: 10, events: 10 }, 5)).toThrow(RangeError);
  });
});
