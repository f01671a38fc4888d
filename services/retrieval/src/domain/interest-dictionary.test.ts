import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  assignCodes,
  type InterestDictionary,
  nearestCode,
  residuals,
  squaredLengths,
  writeInterestEmbedding,
} from './interest-dictionary.js';

const dim = 3;
const coordinate = fc.integer({ min: -64, max: 64 }).map((n) => n / 16);
const rows = (count: number) =>
  fc
    .array(coordinate, { minLength: count * dim, maxLength: count * dim })
    .map((values) => Float32Array.from(values));
const dictionaries = fc
  .tuple(rows(4), rows(3))
  .map(([first, second]): InterestDictionary => ({ dim, codebooks: [first, second] }));

describe('interest dictionary', () => {
  it('keeps different interests at least as far apart as the nearest two codes of a level', () => {
    fc.assert(
      fc.property(dictionaries, (dictionary) => {
        const smallest = Math.min(...dictionary.codebooks.map(smallestDistance));
        const tuples = [0, 1, 2, 3].flatMap((first) => [0, 1, 2].map((second) => [first, second]));
        for (const a of tuples) {
          for (const b of tuples) {
            if (a === b) continue;
            expect(distance(embed(dictionary, a), embed(dictionary, b))).toBeGreaterThanOrEqual(
              smallest - 1e-6,
            );
          }
        }
      }),
    );
  });

  it('assigns the nearest code of each level to what the levels before left', () => {
    fc.assert(
      fc.property(dictionaries, rows(5), (dictionary, vectors) => {
        const codes = assignCodes(dictionary, vectors);
        for (let level = 0; level < 2; level++) {
          const rest = residuals(dictionary, vectors, codes, level);
          const codebook = dictionary.codebooks[level]!;
          for (let row = 0; row < 5; row++) {
            const own = rest.subarray(row * dim, (row + 1) * dim);
            const chosen = codes[row * 2 + level]!;
            const distances = Array.from({ length: codebook.length / dim }, (_, code) =>
              distance(own, codebook.subarray(code * dim, (code + 1) * dim)),
            );
            expect(distances[chosen]!).toBeLessThanOrEqual(Math.min(...distances) + 1e-5);
          }
        }
      }),
    );
  });

  it('gives the lowest of equally near codes', () => {
    const codebook = Float32Array.of(1, 0, 0, -1, 0, 0, 1, 0, 0);
    expect(nearestCode(codebook, squaredLengths(codebook, dim), Float32Array.of(0, 0, 0), 0)).toBe(0);
    expect(nearestCode(codebook, squaredLengths(codebook, dim), Float32Array.of(2, 0, 0), 0)).toBe(0);
  });

  it('refuses a vector that is not a number', () => {
    const dictionary = { dim, codebooks: [Float32Array.of(1, 0, 0)] };
    expect(() => assignCodes(dictionary, Float32Array.of(0, Number.NaN, 0))).toThrow(RangeError);
  });
});

function embed(dictionary: InterestDictionary, codes: readonly number[]): Float32Array {
  const out = new Float32Array(2 * dim);
  writeInterestEmbedding(dictionary, codes, out, 0);
  return out;
}

function distance(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0));
}

function smallestDistance(codebook: Float32Array): number {
  const codes = Array.from({ length: codebook.length / dim }, (_, i) =>
    codebook.subarray(i * dim, (i + 1) * dim),
  );
  const distances = codes.flatMap((a, i) => codes.slice(i + 1).map((b) => distance(a, b)));
  return Math.min(...distances);
}
