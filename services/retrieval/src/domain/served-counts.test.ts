import { describe, expect, it } from '@jest/globals';
import { type CountingModel, countingModelFormat } from '../model/counting-model.js';
import { Catalogue, type StoredItem } from './catalogue.js';
import type { CountingScorer } from './counting-ranker.js';
import { createTimeline } from './event-timeline.js';
import { addUserPairs, ItemPairs } from './item-pairs.js';
import { addPairs, noPairCounts } from './pair-counts.js';
import { serveCounts } from './served-counts.js';
import { buildSparseTable } from './sparse-item-table.js';

/** Items 0 and 1 are food, 2 to 4 kitchen; the ids repeat between the domains. */
const itemIds = ['a', 'b', 'a', 'b', 'c'];

function pairScorer(): CountingScorer {
  const pairs = new ItemPairs();
  const rule = { kind: 'following', window: 2, gapWeight: 'inverse' } as const;
  for (const user of [
    [0, 2, 3],
    [0, 2],
    [1, 3],
  ])
    addUserPairs(rule, user, Uint8Array.of(0, 0, 1, 1, 1), pairs);
  const settings = { sourceExponent: 0, targetExponent: 0, shrinkage: 0, neighbours: 10 };
  const table = buildSparseTable(addPairs(noPairCounts(5), pairs), new Uint32Array(5).fill(1), settings);
  return { kind: 'item-pairs', table, decay: 0.5 };
}

function modelOf(scorer: CountingScorer): CountingModel {
  return {
    header: {
      format: countingModelFormat,
      program: 'test',
      programVersion: '1',
      scorer: scorer.kind,
      domains: ['food', 'kitchen'],
      targetDomain: 'kitchen',
      items: 5,
      sources: 'all',
      maxLength: 10,
      decay: 0.5,
      shrinkage: 0,
      window: null,
      recency: null,
    },
    itemIds,
    itemDomains: Uint8Array.of(0, 0, 1, 1, 1),
    targets: Uint32Array.of(2, 3, 4),
    popularity: Uint32Array.of(2, 1, 2, 2, 7),
    scorer,
  };
}

const written = (itemId: string, source: StoredItem['item']['source']): StoredItem => ({
  item: { itemId, domain: 'kitchen', source, attributes: {} },
  modelVersion: '1',
});

describe('serveCounts', () => {
  it('ranks the target domain and says which event a hit was counted from', () => {
    const served = serveCounts(modelOf(pairScorer()), new Catalogue('m'));
    expect(served.model.itemIds).toEqual(['a', 'b', 'c']);
    expect([served.itemOf('food', 'a'), served.itemOf('kitchen', 'a'), served.itemOf('food', 'c')]).toEqual([
      0,
      2,
      undefined,
    ]);
    const history = Uint32Array.of(1, 0);
    expect(served.rank(history, 5, [])).toEqual([
      { itemId: 'a', score: 2, source: 1 },
      { itemId: 'b', score: 1, source: 1 },
      { itemId: 'c', score: 0, source: -1 },
    ]);
    expect(served.rank(history, 5, ['a', 'x']).map(({ itemId }) => itemId)).toEqual(['b', 'c']);
  });

  it('leaves items out that the catalogue has not, and takes them back by their ids', () => {
    const catalogue = new Catalogue('m');
    const served = serveCounts(modelOf(pairScorer()), catalogue);
    const ranked = () => served.rank(Uint32Array.of(0), 5, []).map(({ itemId }) => itemId);
    catalogue.applyChange(1n, { kind: 'delete', itemIds: ['a', 'unknown'] });
    expect(ranked()).toEqual(['b', 'c']);
    catalogue.applyChange(2n, { kind: 'upsert', items: [written('a', { $case: 'known', value: {} })] });
    expect(ranked()).toEqual(['a', 'b', 'c']);
    const features: StoredItem['item']['source'] = {
      $case: 'features',
      value: { category: 'pans', tokens: [] },
    };
    catalogue.applyChange(3n, { kind: 'upsert', items: [written('b', features), written('new', features)] });
    expect(ranked()).toEqual(['a', 'c']);
    served.close();
    catalogue.applyChange(4n, { kind: 'delete', itemIds: ['a'] });
    expect(ranked()).toEqual(['a', 'c']);
  });

  it('ranks by what was popular when its data ended', () => {
    const timeline = createTimeline([5, 6, 90, 91, 92], [4, 4, 3, 3, 2]);
    const scorer = { kind: 'recent-popularity', timeline, window: { by: 'time', ms: 10 } } as const;
    const hits = serveCounts(modelOf(scorer), new Catalogue('m')).rank(new Uint32Array(), 3, []);
    expect(hits.map(({ itemId, source }) => [itemId, source])).toEqual([
      ['b', -1],
      ['a', -1],
      ['c', -1],
    ]);
  });
});
