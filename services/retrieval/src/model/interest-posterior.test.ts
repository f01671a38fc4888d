import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { interestPosterior, topInterests } from './interest-posterior.js';

const logits = (length: number) =>
  fc
    .array(fc.float({ min: -30, max: 30, noNaN: true }), { minLength: length, maxLength: length })
    .map((values) => Float32Array.from(values));
const temperatures = fc.constantFrom(0.5, 1, 3);
const all = [0, 1, 2].flatMap((first) => [0, 1, 2, 3].map((second) => [first, second] as const));

describe('interestPosterior', () => {
  it('adds up to one over all tuples (P4)', () => {
    fc.assert(
      fc.property(logits(3), logits(12), temperatures, (first, second, temperature) => {
        const posterior = interestPosterior(first, second, temperature);
        const sum = all.reduce(
          (total, [a, b]) => total + Math.exp(posterior.first[a]! + posterior.second[a * 4 + b]!),
          0,
        );
        expect(Math.abs(sum - 1)).toBeLessThan(1e-9);
      }),
    );
  });
});

describe('topInterests', () => {
  it('is what sorting all owned tuples gives, in falling probability (P4)', () => {
    const owners = fc
      .array(fc.integer({ min: 0, max: 1 }), { minLength: 12, maxLength: 12 })
      .map((values) => Uint8Array.from(values));
    fc.assert(
      fc.property(
        logits(3),
        logits(12),
        owners,
        fc.integer({ min: 1, max: 12 }),
        (first, second, owned, k) => {
          const posterior = interestPosterior(first, second, 1);
          const expected = all
            .filter(([a, b]) => owned[a * 4 + b])
            .map(([a, b]) => ({
              codes: [a, b],
              logProbability: posterior.first[a]! + posterior.second[a * 4 + b]!,
            }))
            .sort(
              (x, y) =>
                y.logProbability - x.logProbability || x.codes[0]! - y.codes[0]! || x.codes[1]! - y.codes[1]!,
            );
          const found = topInterests(posterior, owned, k);
          expect(found).toEqual(expected.slice(0, k));
          for (let i = 1; i < found.length; i++)
            expect(found[i]!.logProbability).toBeLessThanOrEqual(found[i - 1]!.logProbability);
        },
      ),
    );
  });
});
