import { prepareKernels } from '@isthmus/kernels';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { boundChurn, tupleCosts } from './assignment-table.js';
import { assignCodes, type InterestDictionary } from './interest-dictionary.js';

const items = 12;
const floats = (length: number) =>
  fc
    .array(
      fc.integer({ min: -40, max: 40 }).map((n) => n / 8),
      { minLength: length, maxLength: length },
    )
    .map((values) => Float32Array.from(values));
const dictionaries = fc.tuple(floats(6), floats(4)).map(
  ([first, second]): InterestDictionary => ({
    dim: 2,
    codebooks: [first, second],
    penalties: [Float32Array.of(0, 0.5, 0.25), new Float32Array(2)],
  }),
);
const tables = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 1 })), {
    minLength: items,
    maxLength: items,
  })
  .map((tuples) => Uint32Array.from(tuples.flat()));

beforeAll(() => prepareKernels());

describe('boundChurn', () => {
  it('lets no more than the given share change, and those that gain most', () => {
    fc.assert(
      fc.property(
        dictionaries,
        tables,
        floats(2 * items),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (dictionary, old, vectors, most) => {
          const fresh = assignCodes(dictionary, vectors);
          const { codes, churn, held } = boundChurn(dictionary, old, fresh, vectors, most);
          const [before, after] = [old, fresh].map((table) => tupleCosts(dictionary, table, vectors));
          const moved: number[] = [];
          const stayed: number[] = [];
          for (let item = 0; item < items; item++) {
            const tuple = (table: Uint32Array) => Array.from(table.subarray(item * 2, item * 2 + 2)).join();
            expect([tuple(old), tuple(fresh)]).toContain(tuple(codes));
            if (tuple(old) === tuple(fresh)) continue;
            const wakes = !old.some((code, i) => i % 2 === 0 && code === fresh[item * 2]);
            const gain = wakes ? Number.MAX_VALUE : before![item]! - after![item]!;
            (tuple(codes) === tuple(fresh) ? moved : stayed).push(gain);
          }
          expect(moved.length).toBeLessThanOrEqual(most * items);
          expect(churn).toBeCloseTo(moved.length / items, 12);
          expect(held).toBe(stayed.length);
          if (stayed.length > 0 && moved.length > 0)
            expect(Math.min(...moved)).toBeGreaterThanOrEqual(Math.max(...stayed));
        },
      ),
    );
  });

  it('gives new items the tuple that they are assigned', () => {
    const dictionary = { dim: 1, codebooks: [Float32Array.of(0, 10)] };
    const vectors = Float32Array.of(9, 1, 8);
    const fresh = assignCodes(dictionary, vectors);
    const { codes, churn } = boundChurn(dictionary, Uint32Array.of(0, 0), fresh, vectors, 0);
    expect(Array.from(codes)).toEqual([0, 0, 1]);
    expect(churn).toBe(0);
  });
});
