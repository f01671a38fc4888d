import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bestFirstTuples, type TupleChain } from './best-first-tuples.js';

/** Log probabilities from a few values, so that ties are common; -Infinity forbids. */
const step = fc.constantFrom(-0.5, -1, -1.5, -2, Number.NEGATIVE_INFINITY);
const tables = fc.tuple(
  fc.array(step, { minLength: 3, maxLength: 3 }),
  fc.array(fc.array(step, { minLength: 4, maxLength: 4 }), { minLength: 3, maxLength: 3 }),
);

function chainOf([first, second]: [number[], number[][]]): TupleChain {
  return { levels: 2, next: (prefix) => (prefix.length === 0 ? first : second[prefix[0]!]!) };
}

describe('bestFirstTuples', () => {
  it('gives what sorting all tuples gives', () => {
    fc.assert(
      fc.property(tables, fc.integer({ min: 0, max: 15 }), ([first, second], k) => {
        const all = first.flatMap((a, i) =>
          second[i]!.map((b, j) => ({ codes: [i, j], logProbability: a + b })),
        );
        const expected = all
          .filter(({ logProbability }) => logProbability > Number.NEGATIVE_INFINITY)
          .sort(
            (a, b) =>
              b.logProbability - a.logProbability || a.codes[0]! - b.codes[0]! || a.codes[1]! - b.codes[1]!,
          )
          .slice(0, k);
        expect(bestFirstTuples(chainOf([first, second]), k)).toEqual(expected);
      }),
    );
  });

  it('is exact under a beam as wide as the tree (P4), and continues no more prefixes than a narrow one allows', () => {
    fc.assert(
      fc.property(tables, fc.integer({ min: 1, max: 3 }), ([first, second], beam) => {
        const chain = chainOf([first, second]);
        expect(bestFirstTuples(chain, 12, 0, 3)).toEqual(bestFirstTuples(chain, 12));
        let prefixes = 0;
        const counting: TupleChain = {
          levels: 2,
          next(prefix) {
            if (prefix.length === 1) prefixes++;
            return chain.next(prefix);
          },
        };
        const found = bestFirstTuples(counting, 12, 0, beam);
        expect(prefixes).toBeLessThanOrEqual(beam);
        const whole = bestFirstTuples(chain, 12).filter(({ codes }) =>
          found.some((one) => one.codes[0] === codes[0]),
        );
        expect(found).toEqual(whole);
      }),
    );
  });

  it('never exceeds the bound on tuples with one first code, and stays in order', () => {
    fc.assert(
      fc.property(tables, fc.integer({ min: 1, max: 3 }), (table, bound) => {
        const found = bestFirstTuples(chainOf(table), 12, bound);
        for (const top of [0, 1, 2]) {
          expect(found.filter(({ codes }) => codes[0] === top).length).toBeLessThanOrEqual(bound);
        }
        for (let i = 1; i < found.length; i++) {
          expect(found[i]!.logProbability).toBeLessThanOrEqual(found[i - 1]!.logProbability);
        }
      }),
    );
  });
});
