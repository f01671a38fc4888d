import type { RecommendRequest } from '@isthmus/proof';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { historyFromEvents } from '../interactions/user-history.js';
import type { ClickSamples } from '../splits/click-samples.js';
import type { EvaluationTargets } from '../splits/evaluation-targets.js';
import { evaluateClickModel } from './evaluate-click-model.js';
import { evaluateInterests } from './evaluate-interests.js';
import { evaluateRecommender } from './evaluate-recommender.js';
import { countItemNeighbours } from './item-neighbours.js';
import { countPopularity } from './popularity.js';
import { topItems } from './top-items.js';

function user(record: number, targets: number[], excluded: number[]) {
  return {
    record,
    targets: Uint32Array.from(targets),
    targetTimestampsMs: new Float64Array(targets.length),
    excluded: Uint32Array.from(excluded),
    targetEvents: excluded.length,
    sourceEvents: 0,
  };
}

const targets: EvaluationTargets = { name: 'warm', users: [user(4, [1], [0]), user(7, [2, 5], [1])] };
const byNumber = {
  recommend: (_: number, k: number, excluded: ReadonlySet<number>) =>
    topItems([9, 8, 7, 6, 5, 4], k, excluded),
};

describe('evaluateRecommender', () => {
  it('keeps every figure of every user', () => {
    const evaluation = evaluateRecommender(byNumber, targets, { k: [1, 2] });
    expect(Array.from(evaluation.records)).toEqual([4, 7]);
    // Lists without the history: 1, 2 for the first user and 0, 2 for the second.
    expect(Array.from(evaluation.perUser.get('recall@1')!)).toEqual([1, 0]);
    expect(Array.from(evaluation.perUser.get('recall@2')!)).toEqual([1, 0.5]);
    expect(evaluation.mean['recall@2']).toBe(0.75);
    expect(evaluation.mean['hitRate@2']).toBe(1);
  });

  it('asks for many users at once where the recommender can, with the time of the first target', () => {
    const many: EvaluationTargets = {
      name: 'many',
      users: Array.from({ length: 300 }, (_, record) => ({
        ...user(record, [1, 2], [0]),
        targetTimestampsMs: Float64Array.of(7000 + record, 6000 + record),
      })),
    };
    const sizes: number[] = [];
    const batched = {
      ...byNumber,
      recommendMany: (requests: readonly RecommendRequest[], k: number) => {
        sizes.push(requests.length);
        return requests.map(({ record, excluded, timestampMs }) => {
          expect(timestampMs).toBe(6000 + record);
          return byNumber.recommend(record, k, excluded);
        });
      },
    };
    const evaluation = evaluateRecommender(batched, many, { k: [1, 2] });
    expect(sizes).toEqual([128, 128, 44]);
    expect(evaluation).toEqual(evaluateRecommender(byNumber, many, { k: [1, 2] }));
    const short = { ...byNumber, recommendMany: () => [] };
    expect(() => evaluateRecommender(short, many, { k: [1] })).toThrow('0 lists for 128 users');
  });

  it('ranks the history too where it is not masked', () => {
    const evaluation = evaluateRecommender(byNumber, targets, { k: [1], masked: false });
    expect(evaluation.mean['recall@1']).toBe(0);
  });

  it('tells targets of new groups from those of known ones', () => {
    const partition = [0, 0, 1, 1, 0, 0];
    const evaluation = evaluateRecommender(byNumber, targets, { k: [2], partition });
    expect(Array.from(evaluation.perUser.get('knownRecall@2')!)).toEqual([1, 0]);
    expect(Array.from(evaluation.perUser.get('novelRecall@2')!)).toEqual([Number.NaN, 1]);
    expect(evaluation.mean['novelRecall@2']).toBe(1);
  });
});

describe('evaluateInterests', () => {
  it('measures whether interests differ', () => {
    const recommender = {
      ...byNumber,
      interests: () => ({
        vectors: [Float32Array.of(1, 0), Float32Array.of(0, 1)],
        lists: [Uint32Array.of(1, 2), Uint32Array.of(2, 3)],
      }),
    };
    const health = evaluateInterests(recommender, targets, { k: 2, partition: [0, 1, 2, 3, 4, 5] });
    expect(health).toMatchObject({ users: 2, interests: 2, meanPairwiseCosine: 0, coverage: 0.75 });
    expect(health!.effectiveRank).toBeCloseTo(2, 12);
    expect(health!.listJaccard).toBeCloseTo(1 / 3, 12);
    expect(evaluateInterests(byNumber, targets, { k: 2 })).toBeUndefined();
  });
});

describe('evaluateClickModel', () => {
  const samples: ClickSamples = {
    records: Uint32Array.of(1, 1, 2, 2),
    items: Uint32Array.of(5, 6, 5, 6),
    timestampsMs: Float64Array.of(1, 1, 2, 2),
    labels: Uint8Array.of(1, 0, 0, 1),
  };

  it('measures each head', () => {
    const heads = evaluateClickModel(
      { predict: (record) => ({ flat: 0.5, user: record === 1 ? 0.6 : 0.4 }) },
      samples,
    );
    expect([...heads.keys()]).toEqual(['flat', 'user']);
    expect(heads.get('flat')).toMatchObject({
      auc: 0.5,
      gauc: 0.5,
      gaucDroppedShare: 0,
      calibrationError: 0,
    });
    expect(heads.get('flat')!.logLoss).toBeCloseTo(Math.LN2, 14);
    expect(Array.from(heads.get('user')!.predictions)).toEqual([0.6, 0.6, 0.4, 0.4]);
  });

  it.each([
    ['a number that is no probability', () => ({ head: 1.5 })],
    ['NaN', () => ({ head: Number.NaN })],
    [
      'a head that is missing in some answers',
      (record: number): Record<string, number> => (record === 1 ? { head: 0.5 } : {}),
    ],
  ])('refuses %s', (_, predict) => {
    expect(() => evaluateClickModel({ predict }, samples)).toThrow("head 'head'");
  });
});

describe('topItems', () => {
  it('is the head of the sorted items, ties by index', () => {
    const scores = fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(Number.NaN)), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(scores, fc.nat(12), fc.uniqueArray(fc.nat(39)), (values, k, excluded) => {
        const wanted = values
          .map((score, item) => ({ score, item }))
          .filter(({ score, item }) => !Number.isNaN(score) && !excluded.includes(item))
          .sort((a, b) => b.score - a.score || a.item - b.item)
          .slice(0, k)
          .map(({ item }) => item);
        expect(Array.from(topItems(values, k, new Set(excluded)))).toEqual(wanted);
      }),
    );
  });

  it('chooses among candidates only', () => {
    expect(Array.from(topItems([5, 4, 3, 2], 2, new Set([1]), [3, 1, 2]))).toEqual([2, 3]);
  });
});

describe('counting peers', () => {
  const event = (domain: number, item: number, timestampMs: number) => ({
    domain,
    item,
    timestampMs,
    value: 1,
  });
  const item = (itemId: string, domain: number) => ({
    itemId,
    domain,
    category: '',
    tokens: [],
    numbers: new Float32Array(0),
  });
  const data = {
    catalogue: { domains: ['s', 't'], items: [item('a', 0), item('b', 1), item('c', 1)] },
    users: [
      { id: 1n, history: historyFromEvents([event(0, 0, 1), event(1, 1, 2)]) },
      { id: 2n, history: historyFromEvents([event(0, 0, 1), event(1, 1, 2), event(1, 2, 3)]) },
      { id: 3n, history: historyFromEvents([event(1, 2, 5)]) },
    ],
  };

  it('count events of the target domain, in a window where one is given', () => {
    expect(Array.from(countPopularity(data, { targetDomain: 1 }))).toEqual([0, 2, 2]);
    expect(Array.from(countPopularity(data, { targetDomain: 1, fromMs: 3, toMs: 5 }))).toEqual([0, 0, 1]);
  });

  it('find neighbours in the target domain by the documented similarity', () => {
    const settings = { targetDomain: 1, targetExponent: 0.3, shrinkage: 5, neighbours: 10 };
    const neighbours = countItemNeighbours(data, settings);
    expect(neighbours.items.map((list) => Array.from(list))).toEqual([[1, 2], [2], [1]]);
    expect(neighbours.similarities[0]![0]).toBeCloseTo(2 / (Math.sqrt(2) * 2 ** 0.3 + 5), 12);
  });
});
