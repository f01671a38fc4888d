import { prepareKernels } from '@isthmus/kernels';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  assignCodes,
  type InterestDictionary,
  residuals,
  rowsOfLevel,
  writeInterestEmbedding,
} from './interest-dictionary.js';

const dim = 3;
const coordinate = fc.integer({ min: -64, max: 64 }).map((n) => n / 16);
const rows = (count: number) =>
  fc
    .array(coordinate, { minLength: count * dim, maxLength: count * dim })
    .map((values) => Float32Array.from(values));
const penalties = (count: number) =>
  fc
    .array(fc.integer({ min: 0, max: 8 }), { minLength: count, maxLength: count })
    .map((values) => Float32Array.from(values));
const dictionaries = fc
  .tuple(rows(4), rows(3))
  .map(([first, second]): InterestDictionary => ({ dim, codebooks: [first, second] }));
/** One level, with and without penalties, so that a vector is its own residual. */
const levels = fc.tuple(rows(5), fc.boolean(), penalties(5)).map(
  ([codebook, penalised, values]): InterestDictionary => ({
    dim,
    codebooks: [codebook],
    penalties: [penalised ? values : new Float32Array(5)],
  }),
);

beforeAll(() => prepareKernels());

describe('interest embeddings', () => {
  it('differ by at least the smallest distance between two codes of a level, and by no more for the nearest two (P1)', () => {
    fc.assert(
      fc.property(dictionaries, (dictionary) => {
        const smallest = Math.min(...dictionary.codebooks.map(smallestDistance));
        const distances = pairs(allTuples(dictionary)).map(([a, b]) =>
          distance(embed(dictionary, a), embed(dictionary, b)),
        );
        expect(Math.abs(Math.min(...distances) - smallest)).toBeLessThanOrEqual(1e-12);
      }),
    );
  });

  it('have a cosine of at most 1 - delta^2 / 2C where all codes have unit length (P1)', () => {
    fc.assert(
      fc.property(dictionaries, (dictionary) => {
        const unit = { dim, codebooks: dictionary.codebooks.map(normalised) };
        const delta = Math.min(...unit.codebooks.map(smallestDistance));
        for (const [a, b] of pairs(allTuples(unit))) {
          const [x, y] = [embed(unit, a), embed(unit, b)];
          const cosine = product(x, y) / Math.sqrt(product(x, x) * product(y, y));
          expect(cosine).toBeLessThanOrEqual(1 - delta ** 2 / 4 + 1e-6);
        }
      }),
    );
  });

  it('have no such distance as sums: different interests may be one point', () => {
    const dictionary: InterestDictionary = {
      dim: 1,
      codebooks: [Float32Array.of(0, 1), Float32Array.of(0, 1)],
    };
    const summed = { ...dictionary, embedding: 'sum' } as const;
    const at = (of: InterestDictionary, codes: readonly number[]) => {
      const out = new Float32Array(2).fill(9);
      writeInterestEmbedding(of, codes, out, 0);
      return Array.from(out);
    };
    expect(at(summed, [0, 1])).toEqual([1, 0]);
    expect(at(summed, [1, 0])).toEqual([1, 0]);
    expect(at(dictionary, [0, 1])).toEqual([0, 1]);
    expect(at(dictionary, [1, 0])).toEqual([1, 0]);
  });
});

describe('assignCodes', () => {
  it('cuts each level into half-spaces, moved by the penalties (P2: the cells of a power diagram)', () => {
    fc.assert(
      fc.property(levels, rows(6), (dictionary, vectors) => {
        const codes = assignCodes(dictionary, vectors);
        codes.forEach((code, row) => {
          const r = vectors.subarray(row * dim, (row + 1) * dim);
          const own = codeOf(dictionary, code);
          for (let other = 0; other < 5; other++) {
            const e = codeOf(dictionary, other);
            const side = product(own, r) - product(e, r);
            const border = (lifted(dictionary, code) - lifted(dictionary, other)) / 2;
            expect(side).toBeGreaterThanOrEqual(border - 1e-3);
          }
        });
      }),
    );
  });

  it('puts what lies between two vectors of a cell into the cell, too (P2: cells are convex)', () => {
    fc.assert(
      fc.property(levels, rows(2), fc.double({ min: 0, max: 1, noNaN: true }), (dictionary, ends, share) => {
        const [a, b] = assignCodes(dictionary, ends);
        fc.pre(a === b);
        const between = Float32Array.from(
          { length: dim },
          (_, i) => share * ends[i]! + (1 - share) * ends[dim + i]!,
        );
        const code = assignCodes(dictionary, between)[0]!;
        expect(cost(dictionary, between, a!)).toBeLessThanOrEqual(cost(dictionary, between, code) + 1e-3);
      }),
    );
  });

  it('keeps the code of a vector that moves by less than its margin (P3)', () => {
    const direction = rows(1).filter((e) => product(e, e) > 0);
    fc.assert(
      fc.property(levels, rows(1), direction, (dictionary, vector, towards) => {
        const code = assignCodes(dictionary, vector)[0]!;
        const margin = marginOf(dictionary, vector, code);
        fc.pre(margin > 1e-2 && margin < Number.POSITIVE_INFINITY);
        const length = (0.99 * margin) / Math.sqrt(product(towards, towards));
        const moved = vector.map((value, i) => value + length * towards[i]!);
        expect(assignCodes(dictionary, moved)[0]).toBe(code);
      }),
    );
  });

  it('has half of the difference between the nearest two distances as a margin without penalties (P3)', () => {
    fc.assert(
      fc.property(rows(5), rows(1), (codebook, vector) => {
        const dictionary = { dim, codebooks: [codebook] };
        const code = assignCodes(dictionary, vector)[0]!;
        const distances = [0, 1, 2, 3, 4].map((other) => distance(vector, codeOf(dictionary, other)));
        const [nearest, second] = distances.toSorted((a, b) => a - b) as [number, number];
        expect((second - nearest) / 2).toBeLessThanOrEqual(marginOf(dictionary, vector, code) + 1e-3);
      }),
    );
  });

  it('assigns each level to what the levels before left', () => {
    fc.assert(
      fc.property(dictionaries, rows(5), (dictionary, vectors) => {
        const codes = assignCodes(dictionary, vectors);
        const rest = residuals(dictionary, vectors, codes, 1);
        const second = assignCodes({ dim, codebooks: [dictionary.codebooks[1]!] }, rest);
        for (let row = 0; row < 5; row++) expect(codes[row * 2 + 1]).toBe(second[row]);
      }),
    );
  });

  it('quantises each cell of a tree by a codebook of its own', () => {
    const tree: InterestDictionary = {
      dim: 1,
      codebooks: [Float32Array.of(0, 10), Float32Array.of(-1, 1, -3, 3)],
      kind: 'tree',
    };
    const vectors = Float32Array.of(-2, 2, 8, 12);
    const codes = assignCodes(tree, vectors);
    expect(Array.from(codes)).toEqual([0, 0, 0, 1, 1, 0, 1, 1]);
    expect(Array.from(rowsOfLevel(tree, codes, 1))).toEqual([0, 1, 2, 3]);
    expect(Array.from(residuals(tree, vectors, codes, 2))).toEqual([-1, 1, 1, -1]);
    const out = new Float32Array(2);
    writeInterestEmbedding(tree, [1, 0], out, 0);
    expect(Array.from(out)).toEqual([10, -3]);
  });

  it('gives the lowest of equally near codes', () => {
    const dictionary = { dim, codebooks: [Float32Array.of(1, 0, 0, -1, 0, 0, 1, 0, 0)] };
    expect(Array.from(assignCodes(dictionary, Float32Array.of(0, 0, 0, 2, 0, 0)))).toEqual([0, 0]);
    const penalised = { ...dictionary, penalties: [Float32Array.of(1, 0, 0)] };
    expect(Array.from(assignCodes(penalised, Float32Array.of(2, 0, 0)))).toEqual([2]);
  });

  it('is the same for many vectors at once as for each alone', () => {
    const vectors = Float32Array.from({ length: 9000 * dim }, (_, i) =>
      Math.fround(((i * 7919) % 1009) / 1009),
    );
    const dictionary = {
      dim,
      codebooks: [Float32Array.of(0, 0, 0, 1, 1, 1), Float32Array.of(0.1, 0, 0, 0, 0.2, 0)],
      penalties: [Float32Array.of(0.25, 0), new Float32Array(2)],
    };
    const together = assignCodes(dictionary, vectors);
    for (const row of [0, 1, 4095, 4096, 8191, 8999]) {
      const alone = assignCodes(dictionary, vectors.slice(row * dim, (row + 1) * dim));
      expect(Array.from(alone)).toEqual(Array.from(together.subarray(row * 2, row * 2 + 2)));
    }
  });

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], [1e30]])('refuses a vector with %d in it', (bad) => {
    const dictionary = { dim, codebooks: [Float32Array.of(1, 0, 0)] };
    expect(() => assignCodes(dictionary, Float32Array.of(0, bad, 0))).toThrow(RangeError);
  });
});

function allTuples({ codebooks }: InterestDictionary): number[][] {
  return codebooks.reduce<number[][]>(
    (tuples, codebook) =>
      tuples.flatMap((tuple) => Array.from({ length: codebook.length / dim }, (_, code) => [...tuple, code])),
    [[]],
  );
}

function pairs<T>(values: readonly T[]): [T, T][] {
  return values.flatMap((a, i) => values.slice(i + 1).map((b): [T, T] => [a, b]));
}

function embed(dictionary: InterestDictionary, codes: readonly number[]): Float32Array {
  const out = new Float32Array(dictionary.codebooks.length * dim);
  writeInterestEmbedding(dictionary, codes, out, 0);
  return out;
}

function codeOf({ codebooks }: InterestDictionary, code: number): Float32Array {
  return codebooks[0]!.subarray(code * dim, (code + 1) * dim);
}

function penaltyOf({ penalties = [] }: InterestDictionary, code: number): number {
  return penalties[0]?.[code] ?? 0;
}

/** Squared length of a code and its penalty. */
function lifted(dictionary: InterestDictionary, code: number): number {
  const e = codeOf(dictionary, code);
  return product(e, e) + penaltyOf(dictionary, code);
}

function cost(dictionary: InterestDictionary, vector: Float32Array, code: number): number {
  return distance(vector, codeOf(dictionary, code)) ** 2 + penaltyOf(dictionary, code);
}

/** Distance of a vector from the nearest border of its cell. */
function marginOf(dictionary: InterestDictionary, vector: Float32Array, code: number): number {
  const margins = [0, 1, 2, 3, 4].map((other) => {
    const apart = distance(codeOf(dictionary, code), codeOf(dictionary, other));
    const difference = cost(dictionary, vector, other) - cost(dictionary, vector, code);
    if (other === code || apart === 0) return Number.POSITIVE_INFINITY;
    return difference / (2 * apart);
  });
  return Math.min(...margins);
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function distance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum);
}

function normalised(codebook: Float32Array): Float32Array {
  return codebook.map((value, i) => {
    const code = codebook.subarray(i - (i % dim), i - (i % dim) + dim);
    const length = Math.sqrt(product(code, code));
    return length > 0 ? value / length : i % dim === 0 ? 1 : 0;
  });
}

function smallestDistance(codebook: Float32Array): number {
  const codes = Array.from({ length: codebook.length / dim }, (_, i) =>
    codebook.subarray(i * dim, (i + 1) * dim),
  );
  return Math.min(...pairs(codes).map(([a, b]) => distance(a, b)));
}
