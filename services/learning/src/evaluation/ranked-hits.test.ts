import { describe, expect, it } from '@jest/globals';

import type { EvaluationTargets } from '../splits/evaluation-targets.js';
import { historyLengthBins } from './history-length-bins.js';
import { measureHits } from './measure-hits.js';
import { findHits, hitsFromJson, hitsToJson } from './ranked-hits.js';

const user = (record: number, targets: number[], excluded: number[]) => ({
  record,
  targets: Uint32Array.from(targets),
  targetTimestampsMs: new Float64Array(targets.length),
  excluded: Uint32Array.from(excluded),
  targetEvents: excluded.length,
  sourceEvents: 0,
});
const targets: EvaluationTargets = {
  name: 'some',
  users: [user(3, [7, 8, 9], [0]), user(5, [1], [2, 3, 4, 5, 6]), user(6, [4], [])],
};
const hits = findHits(
  [
    [0, [9, 5, 7, 7]],
    [1, [2, 3, 1]],
  ],
  targets,
);

describe('findHits', () => {
  it('keeps target and rank of every hit, once, and nothing for users without a list', () => {
    expect(hits.map((pairs) => Array.from(pairs))).toEqual([[2, 0, 0, 2], [0, 2], []]);
  });

  it('come back from JSON as they were', () => {
    const json = JSON.parse(JSON.stringify(hitsToJson(hits)));
    expect(hitsFromJson(json).map((pairs) => Array.from(pairs))).toEqual(hits.map((p) => Array.from(p)));
  });

  it.each([
    [{}],
    [{ users: 1, hits: [[1, 0, 0]] }],
    [{ users: 1, hits: [[0, 1]] }],
    [{ users: 1, hits: [0] }],
  ])('are refused as %j', (json) => {
    expect(() => hitsFromJson(json)).toThrow('no hits');
  });
});

describe('measureHits', () => {
  const perUser = measureHits(hits, targets, {
    k: [2, 3],
    partition: [0, 0, 1, 1, 1, 1, 1, 0, -1, 2],
    itemEvents: [9, 9, 9, 9, 4, 9, 9, 9, 9, 0],
  });
  const of = (figure: string) => Array.from(perUser.get(figure)!);

  it('measures by hand-computed figures', () => {
    expect(of('recall@2')).toEqual([1 / 3, 0, 0]);
    expect(of('recall@3')).toEqual([2 / 3, 1, 0]);
    expect(of('hitRate@3')).toEqual([1, 1, 0]);
    // Hits at ranks 0 and 2: gain 1 + 1/2; ideal of three hits 1 + 1/log2(3) + 1/2, of two hits 1 + 1/log2(3).
    const third = 1 / Math.log2(3);
    expect(of('ndcg@3')[0]).toBeCloseTo(1.5 / (1.5 + third), 12);
    expect(of('ndcgPeer@3')[0]).toBeCloseTo(1.5 / (1 + third), 12);
    expect(of('ndcg@3')[1]).toBeCloseTo(0.5, 12);
  });

  it('tells targets of new groups, of known ones and of cold items apart, and leaves items without a group out', () => {
    // User 0 knows group 0; target 7 is of it, 8 of none, 9 of group 2.
    expect(of('knownRecall@3')).toEqual([1, Number.NaN, Number.NaN]);
    expect(of('novelRecall@3')).toEqual([1, 1, 0]);
    expect(of('novelRecall@2')).toEqual([1, 0, 0]);
    expect(of('coldItemRecall@3')).toEqual([1, Number.NaN, 0]);
  });

  it('refuses hits of other users', () => {
    expect(() => measureHits([], targets, { k: [1] })).toThrow('0 users for 3 users');
  });
});

describe('historyLengthBins', () => {
  it('puts everybody into one bin and names none without users', () => {
    const bins = historyLengthBins(targets);
    expect(bins).toEqual([
      { name: '0', places: [2] },
      { name: '1-4', places: [0] },
      { name: '5-9', places: [1] },
    ]);
    const long = {
      name: 'x',
      users: [
        user(
          1,
          [2],
          Array.from({ length: 60 }, (_, item) => item),
        ),
      ],
    };
    expect(historyLengthBins(long)[0]!.name).toBe('50 or more');
  });
});
