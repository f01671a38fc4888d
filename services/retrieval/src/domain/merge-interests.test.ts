import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { apportion, type InterestHits, mergeInterests } from './merge-interests.js';

/** Lists with few different rows and scores, so that rows repeat and scores tie. */
const interest: fc.Arbitrary<InterestHits> = fc
  .record({
    rows: fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { maxLength: 8 }),
    scores: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 8, maxLength: 8 }),
    logProbability: fc.integer({ min: -4, max: 0 }),
  })
  .map(({ rows, scores, logProbability }) => ({
    logProbability,
    hits: {
      rows: Uint32Array.from(rows),
      scores: Float32Array.from(scores.slice(0, rows.length).sort((a, b) => b - a)),
    },
  }));
const settings = fc.record({
  k: fc.integer({ min: 0, max: 12 }),
  posteriorWeight: fc.constantFrom(0, 0.5, 1),
  quotaExponent: fc.constantFrom(undefined, 0, 0.5, 1),
});

describe('mergeInterests', () => {
  it('returns each row once, with the interest that gives it its largest score', () => {
    fc.assert(
      fc.property(fc.array(interest, { maxLength: 4 }), settings, (interests, options) => {
        const merged = mergeInterests(interests, options);
        expect(new Set(merged.map(({ row }) => row)).size).toBe(merged.length);
        for (const hit of merged) {
          const scores = interests.map(({ logProbability, hits }) => {
            const rank = hits.rows.indexOf(hit.row);
            return rank < 0
              ? Number.NEGATIVE_INFINITY
              : hits.scores[rank]! + options.posteriorWeight * logProbability;
          });
          expect(hit.score).toBe(Math.max(...scores));
          expect(hit.interest).toBe(scores.indexOf(hit.score));
          expect(interests[hit.interest]!.hits.rows[hit.rankInInterest]).toBe(hit.row);
        }
      }),
    );
  });

  it('is in order of score, then of row, and as long as it can be', () => {
    fc.assert(
      fc.property(fc.array(interest, { maxLength: 4 }), settings, (interests, options) => {
        const merged = mergeInterests(interests, options);
        const distinct = new Set(interests.flatMap(({ hits }) => Array.from(hits.rows))).size;
        expect(merged.length).toBe(Math.min(options.k, distinct));
        for (let i = 1; i < merged.length; i++) {
          const [before, after] = [merged[i - 1]!, merged[i]!];
          expect(before.score > after.score || (before.score === after.score && before.row < after.row)).toBe(
            true,
          );
        }
      }),
    );
  });

  it('does not depend on hits that are worse than the last place', () => {
    fc.assert(
      fc.property(fc.array(interest, { maxLength: 4 }), fc.integer({ min: 1, max: 8 }), (interests, k) => {
        const cut = interests.map(({ logProbability, hits }) => ({
          logProbability,
          hits: { rows: hits.rows.slice(0, k), scores: hits.scores.slice(0, k) },
        }));
        const options = { k, posteriorWeight: 0 };
        expect(mergeInterests(cut, options).map(({ score }) => score)).toEqual(
          mergeInterests(interests, options).map(({ score }) => score),
        );
      }),
    );
  });

  it('gives a less probable interest its quota', () => {
    const list = (start: number, score: number, logProbability: number): InterestHits => ({
      logProbability,
      hits: {
        rows: Uint32Array.of(start, start + 1, start + 2),
        scores: Float32Array.of(score, score, score),
      },
    });
    const interests = [list(0, 5, 0), list(10, 1, 0)];
    const byScore = mergeInterests(interests, { k: 3, posteriorWeight: 0 });
    expect(byScore.map(({ interest }) => interest)).toEqual([0, 0, 0]);
    const byQuota = mergeInterests(interests, { k: 4, posteriorWeight: 0, quotaExponent: 0 });
    expect(byQuota.map(({ interest }) => interest)).toEqual([0, 0, 1, 1]);
  });
});

describe('apportion', () => {
  it('gives whole parts that sum to the total and differ from the exact shares by less than one', () => {
    const weights = fc.array(fc.double({ min: 0.01, max: 10, noNaN: true }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(weights, fc.integer({ min: 0, max: 100 }), (shares, total) => {
        const parts = apportion(shares, total);
        const sum = shares.reduce((a, b) => a + b, 0);
        expect(parts.reduce((a, b) => a + b, 0)).toBe(total);
        parts.forEach((part, i) => {
          expect(Math.abs(part - (shares[i]! / sum) * total)).toBeLessThan(1 + 1e-9);
        });
      }),
    );
  });
});
