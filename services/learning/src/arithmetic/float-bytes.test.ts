import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeFloats, encodeFloats } from './float-bytes.js';

describe('encodeFloats and decodeFloats', () => {
  it('write the least significant byte first', () => {
    expect(Buffer.from(encodeFloats(Float32Array.of(1, -2))).toString('hex')).toBe('0000803f000000c0');
  });

  it('give back every value, from any place in memory', () => {
    fc.assert(
      fc.property(fc.float32Array(), fc.nat(7), (values, offset) => {
        const padded = new Uint8Array(offset + 4 * values.length);
        padded.set(encodeFloats(values), offset);
        expect(Array.from(decodeFloats(padded.subarray(offset)))).toEqual(Array.from(values));
      }),
    );
  });

  it('leave out what is no whole value', () => {
    expect(decodeFloats(new Uint8Array(7)).length).toBe(1);
  });
});
