import { describe, expect, it } from '@jest/globals';
import { fromMatrix, fromVector, toVector } from './vector.js';

describe('toVector', () => {
  it('writes little-endian float32 that fromVector reads back', () => {
    const vector = toVector([1, -0.5, 3e38]);
    expect(Buffer.from(vector.values).toString('hex')).toBe('0000803f000000bfe6b1617f');
    expect(Array.from(fromVector(vector))).toEqual([1, -0.5, Math.fround(3e38)]);
  });
});

describe('fromVector and fromMatrix', () => {
  it('refuse bytes that do not match the shape', () => {
    expect(() => fromVector({ dim: 2, values: Buffer.alloc(7) })).toThrow(/7 bytes instead of 8/);
    expect(() => fromMatrix({ rows: 2, columns: 3, values: Buffer.alloc(23) })).toThrow(
      /23 bytes instead of 24/,
    );
  });
});
