import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { auc, groupedAuc } from './auc.js';
import { bootstrapAucDifference, bootstrapMeanDifference } from './bootstrap.js';
import {
  cosine,
  effectiveRank,
  interestCoverage,
  meanListJaccard,
  meanPairwiseCosine,
  perplexity,
  singularValues,
} from './collapse.js';
import { normalisedMutualInformation } from './mutual-information.js';
import { expectedCalibrationError, logLoss } from './probability-loss.js';
import { rankingQuality } from './ranking.js';

const log2 = Math.log2;

describe('rankingQuality', () => {
  it.each([
    ['a hit at the top', [5, 1, 2], [5], 3, { recall: 1, hitRate: 1, ndcg: 1, ndcgPeer: 1 }],
    ['a hit at rank 3', [1, 2, 5], [5], 3, { recall: 1, hitRate: 1, ndcg: 0.5, ndcgPeer: 0.5 }],
    ['a hit after the cut', [1, 2, 5], [5], 2, { recall: 0, hitRate: 0, ndcg: 0, ndcgPeer: 0 }],
    [
      'one of two targets: the peers compare with one hit only',
      [5, 1],
      [5, 9],
      2,
      { recall: 0.5, hitRate: 1, ndcg: 1 / (1 + 1 / log2(3)), ndcgPeer: 1 },
    ],
    ['more targets than places', [5], [5, 6, 7], 1, { recall: 1 / 3, hitRate: 1, ndcg: 1, ndcgPeer: 1 }],
    ['a list that is shorter than the cut', [5], [5, 6], 10, { recall: 0.5, hitRate: 1, ndcgPeer: 1 }],
  ])('measures %s', (_, list, targets, n, wanted) => {
    const found = rankingQuality(list, new Set(targets), n);
    for (const [name, value] of Object.entries(wanted)) {
      expect(found[name as keyof typeof found]).toBeCloseTo(value, 14);
    }
  });

  it('stays between 0 and 1, and the textbook below the peers', () => {
    const list = fc.uniqueArray(fc.nat(30), { maxLength: 20 });
    fc.assert(
      fc.property(
        list,
        fc.uniqueArray(fc.nat(30), { minLength: 1 }),
        fc.integer({ min: 1, max: 25 }),
        (l, t, n) => {
          const q = rankingQuality(l, new Set(t), n);
          for (const value of Object.values(q)) {
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThanOrEqual(1 + 1e-12);
          }
          expect(q.ndcg).toBeLessThanOrEqual(q.ndcgPeer + 1e-12);
        },
      ),
    );
  });

  it('has no figure without targets', () => {
    expect(rankingQuality([1], new Set(), 1).recall).toBeNaN();
  });
});

describe('auc', () => {
  const sample = fc.record({ score: fc.integer({ min: 0, max: 6 }), label: fc.nat(1), weight: fc.nat(3) });

  it('is the definition: pairs won plus half of the ties', () => {
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 25 }), (samples) => {
        let won = 0;
        let pairs = 0;
        for (const positive of samples.filter((s) => s.label === 1)) {
          for (const negative of samples.filter((s) => s.label === 0)) {
            const weight = positive.weight * negative.weight;
            pairs += weight;
            if (positive.score > negative.score) won += weight;
            if (positive.score === negative.score) won += weight / 2;
          }
        }
        const found = auc(
          samples.map((s) => s.score),
          samples.map((s) => s.label),
          samples.map((s) => s.weight),
        );
        if (pairs === 0) expect(found).toBeNaN();
        else expect(found).toBeCloseTo(won / pairs, 12);
      }),
    );
  });

  it.each([
    ['one class', [0.1, 0.2], [1, 1]],
    ['a score that is NaN', [0.1, Number.NaN], [1, 0]],
    ['no samples', [], []],
  ])('is NaN with %s', (_, scores, labels) => {
    expect(auc(scores, labels)).toBeNaN();
  });

  it('by group weighs groups by samples and says what it dropped', () => {
    const scores = [0.9, 0.1, 0.5, 0.2, 0.3, 0.4, 0.4, 0.8];
    const labels = [1, 0, 0, 1, 0, 0, 1, 1];
    const groups = [1, 1, 2, 2, 2, 2, 3, 3];
    const found = groupedAuc(scores, labels, groups);
    expect(found.value).toBeCloseTo((2 * 1 + 4 * 0) / 6, 12);
    expect(found.droppedShare).toBeCloseTo(0.25, 12);
    expect(found.byGroup.get(3)).toBeNaN();
  });
});

describe('probability losses', () => {
  it('takes the logarithm of clipped probabilities', () => {
    expect(logLoss([0.5, 0.25], [1, 0])).toBeCloseTo(-(Math.log(0.5) + Math.log(0.75)) / 2, 14);
    expect(logLoss([0], [1])).toBeCloseTo(-Math.log(1e-7), 6);
  });

  it('measures calibration by bins', () => {
    expect(expectedCalibrationError([0.2, 0.2, 0.2, 0.2, 0.2], [1, 0, 0, 0, 0])).toBeCloseTo(0, 14);
    expect(expectedCalibrationError([1, 1, 0], [0, 1, 1])).toBeCloseTo(2 / 3, 14);
    expect(() => expectedCalibrationError([1.1], [1])).toThrow(RangeError);
  });
});

describe('measures of collapse', () => {
  it('knows vectors that point one way from vectors that are orthogonal', () => {
    expect(
      meanPairwiseCosine([
        [1, 0],
        [2, 0],
        [3, 0],
      ]),
    ).toBeCloseTo(1, 14);
    expect(
      meanPairwiseCosine([
        [1, 0],
        [0, 2],
      ]),
    ).toBe(0);
    expect(meanPairwiseCosine([[1, 0]])).toBeNaN();
    expect(cosine([0, 0], [1, 0])).toBe(0);
    expect(
      effectiveRank([
        [1, 2],
        [2, 4],
        [-1, -2],
      ]),
    ).toBeCloseTo(1, 6);
    expect(
      effectiveRank([
        [3, 0, 0],
        [0, 3, 0],
        [0, 0, 3],
      ]),
    ).toBeCloseTo(3, 12);
    expect(effectiveRank([[0, 0]])).toBe(0);
  });

  it('keeps the Frobenius norm and the determinant in the singular values', () => {
    const entry = fc.double({ min: -5, max: 5, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(entry, entry, entry, entry), ([a, b, c, d]) => {
        const values = singularValues([
          [a, b],
          [c, d],
        ]);
        const squares = a * a + b * b + c * c + d * d;
        expect(values[0]! ** 2 + values[1]! ** 2).toBeCloseTo(squares, 8);
        expect(values[0]! * values[1]!).toBeCloseTo(Math.abs(a * d - b * c), 8);
        expect(values[0]).toBeGreaterThanOrEqual(values[1]!);
      }),
    );
  });

  it('compares lists and counts what they cover', () => {
    expect(
      meanListJaccard([
        [1, 2],
        [2, 1],
      ]),
    ).toBe(1);
    expect(meanListJaccard([[1, 2], [2, 3], [4]])).toBeCloseTo(1 / 9, 14);
    expect(interestCoverage([10, 20], [11, 31], (item) => Math.floor(item / 10))).toBe(0.5);
    expect(interestCoverage([1], [], (item) => item)).toBeNaN();
  });

  it('counts evenly used codes', () => {
    expect(perplexity([5, 5, 5, 0])).toBeCloseTo(3, 12);
    expect(perplexity([7])).toBeCloseTo(1, 14);
    expect(perplexity([0, 0])).toBe(0);
  });
});

describe('normalisedMutualInformation', () => {
  const labels = fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 1, maxLength: 40 });

  it('is 1 for a renaming and 0 for independent labels', () => {
    expect(normalisedMutualInformation([0, 0, 1, 2], [5, 5, 9, 7])).toBeCloseTo(1, 12);
    expect(normalisedMutualInformation([0, 0, 1, 1], [0, 1, 0, 1])).toBeCloseTo(0, 12);
    expect(normalisedMutualInformation([1, 1], [2, 2])).toBe(1);
  });

  it('is symmetric and between 0 and 1', () => {
    fc.assert(
      fc.property(labels, (pairs) => {
        const a = pairs.map(([left]) => left);
        const b = pairs.map(([, right]) => right);
        const found = normalisedMutualInformation(a, b);
        expect(found).toBeCloseTo(normalisedMutualInformation(b, a), 10);
        expect(found).toBeGreaterThanOrEqual(0);
        expect(found).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('paired bootstrap', () => {
  const seed = new Uint8Array(32);

  it('brackets the mean difference and narrows with more users', () => {
    const differences = (users: number) => [
      Array.from({ length: users }, (_, user) => 0.1 + ((user * 7919) % 101) / 101 - 0.5),
    ];
    const few = bootstrapMeanDifference(differences(40), true, { seed, resamples: 500 });
    const many = bootstrapMeanDifference(differences(4_000), true, { seed, resamples: 150 });
    expect(many.low).toBeLessThan(many.estimate);
    expect(many.high).toBeGreaterThan(many.estimate);
    expect(many.high - many.low).toBeLessThan((few.high - few.low) / 5);
    expect(many.positiveShare).toBe(1);
  });

  it('is wider where the seeds disagree', () => {
    const users = 200;
    const constant = (value: number) => new Float64Array(users).fill(value);
    const agreeing = bootstrapMeanDifference([constant(0.1), constant(0.1)], false, { seed, resamples: 200 });
    const disagreeing = bootstrapMeanDifference([constant(0.4), constant(-0.2)], false, {
      seed,
      resamples: 200,
    });
    expect(agreeing.high - agreeing.low).toBeCloseTo(0, 12);
    expect(disagreeing.low).toBeLessThan(0);
    expect(disagreeing.high).toBeGreaterThan(0);
  });

  it('leaves NaN out and refuses what does not fit', () => {
    expect(bootstrapMeanDifference([[1, Number.NaN, 1]], true, { seed, resamples: 50 }).estimate).toBe(1);
    expect(() => bootstrapMeanDifference([], true, { seed })).toThrow(RangeError);
    expect(() => bootstrapMeanDifference([[1], [1, 2]], true, { seed })).toThrow(
      'different numbers of users',
    );
  });

  it('resamples the difference of two AUCs by user', () => {
    const size = 600;
    const labels = Array.from({ length: size }, (_, index) => index % 2);
    const users = Array.from({ length: size }, (_, index) => Math.floor(index / 6));
    const scores = labels.map((label, index) => label + ((index * 37) % 29) / 20);
    const baseline = labels.map((label, index) => label * 0.2 + ((index * 53) % 31) / 20);
    const interval = bootstrapAucDifference({ scores, baseline, labels, users }, { seed, resamples: 200 });
    expect(interval.estimate).toBeCloseTo(auc(scores, labels) - auc(baseline, labels), 14);
    expect(interval.low).toBeGreaterThan(0);
    expect(interval.low).toBeLessThan(interval.estimate);
    expect(interval.high).toBeGreaterThan(interval.estimate);
  });
});
