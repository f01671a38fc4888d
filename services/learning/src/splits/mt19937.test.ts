import { describe, expect, it } from '@jest/globals';

import { Mt19937, numpyPermutation } from './mt19937.js';

// All values printed by NumPy 2.4.6.
describe('numpyPermutation', () => {
  it.each([
    [0, 10, [2, 8, 4, 9, 1, 6, 7, 3, 0, 5]],
    [42, 10, [8, 1, 5, 0, 7, 2, 9, 4, 3, 6]],
    [2024, 12, [6, 7, 2, 11, 5, 1, 4, 3, 9, 0, 10, 8]],
    [1, 20, [3, 16, 6, 10, 2, 14, 4, 17, 7, 1, 13, 0, 19, 18, 9, 15, 8, 12, 11, 5]],
  ])('is RandomState(%d).permutation(%d)', (seed, n, wanted) => {
    expect(Array.from(numpyPermutation(seed, n))).toEqual(wanted);
  });

  it('is the same over many blocks of the generator', () => {
    const permuted = numpyPermutation(2024, 22_363);
    expect(Array.from(permuted.subarray(0, 5))).toEqual([13706, 14992, 9660, 4416, 11074]);
    expect(Array.from(permuted.subarray(-5))).toEqual([14875, 2688, 19040, 19962, 7816]);
    expect(permuted.reduce((sum, value, place) => sum + ((value * place) % 1_000_003), 0)).toBe(
      11_149_775_937,
    );
  });

  it('permutes nothing and one', () => {
    expect(numpyPermutation(1, 0).length).toBe(0);
    expect(Array.from(numpyPermutation(1, 1))).toEqual([0]);
  });

  it('refuses a seed that is not 32 bits', () => {
    expect(() => new Mt19937(-1)).toThrow(RangeError);
    expect(() => new Mt19937(2 ** 32)).toThrow(RangeError);
  });
});
