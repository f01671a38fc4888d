import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CountingRanker } from './counting-ranker.js';
import { createTimeline, SlidingCounts, type TimelineWindow } from './event-timeline.js';
import { addUserPairs, ItemPairs } from './item-pairs.js';
import { addPairs, noPairCounts } from './pair-counts.js';
import { buildSparseTable } from './sparse-item-table.js';

const targets = Uint32Array.of(0, 1, 2, 4);
const popularity = Uint32Array.of(2, 5, 2, 0, 9);

describe('CountingRanker', () => {
  it('ranks by popularity, of equal ones the lowest first, and no item of another domain', () => {
    const ranker = new CountingRanker({ targets, popularity, scorer: { kind: 'popularity' } });
    const request = { history: [], nowMs: 0, excluded: [] };
    expect(Array.from(ranker.rank(request, 10).items)).toEqual([4, 1, 0, 2]);
    expect(Array.from(ranker.rank({ ...request, excluded: [4, 3, 77] }, 2).items)).toEqual([1, 0]);
  });

  it('ranks by pairs, and what no pair leads to by popularity', () => {
    const pairs = new ItemPairs();
    addUserPairs(
      { kind: 'following', window: 1, gapWeight: 'uniform' },
      [3, 0, 3, 2],
      new Uint8Array(5).fill(1),
      pairs,
    );
    const table = buildSparseTable(addPairs(noPairCounts(5), pairs), new Uint32Array(5).fill(1), {
      sourceExponent: 0,
      targetExponent: 0,
      shrinkage: 0,
      neighbours: 5,
    });
    const ranker = new CountingRanker({
      targets,
      popularity,
      scorer: { kind: 'item-pairs', table, decay: 0 },
    });
    const { items, scores } = ranker.rank({ history: [1, 3], nowMs: 0, excluded: [] }, 4);
    expect(Array.from(items)).toEqual([0, 2, 4, 1]);
    expect(Array.from(scores)).toEqual([1, 1, 0, 0]);
  });

  it('weighs what pairs say by what was popular at the moment', () => {
    const pairs = new ItemPairs();
    addUserPairs({ kind: 'basket' }, [3, 0], new Uint8Array(5).fill(1), pairs);
    const table = buildSparseTable(addPairs(noPairCounts(5), pairs), new Uint32Array(5).fill(1), {
      sourceExponent: 0,
      targetExponent: 0,
      shrinkage: 0,
      neighbours: 5,
    });
    const timeline = createTimeline([1, 8, 9], [1, 2, 2]);
    const recency = { timeline, window: { by: 'time', ms: 5 }, weight: 2, pairFloor: 0.25 } as const;
    const scorer = { kind: 'item-pairs', table, decay: 0.5, recency } as const;
    const ranker = new CountingRanker({ targets, popularity, scorer });
    const { items, scores } = ranker.rank({ history: [3], nowMs: 10, excluded: [] }, 2);
    expect(Array.from(items)).toEqual([2, 0]);
    expect(scores[0]).toBeCloseTo(0.25 * 2.1 ** 2, 12);
    expect(scores[1]).toBeCloseTo(1.25 * 0.1 ** 2, 12);
    expect(Array.from(ranker.rank({ history: [3], nowMs: 2, excluded: [] }, 2).items)).toEqual([1, 0]);
  });

  it('ranks by what was popular at the moment, and knows nothing of later', () => {
    const timeline = createTimeline([10, 20, 20, 30, 40, 50, 50], [1, 2, 2, 4, 0, 1, 1]);
    const window: TimelineWindow = { by: 'time', ms: 15 };
    const scorer = { kind: 'recent-popularity', timeline, window } as const;
    const ranker = new CountingRanker({ targets, popularity, scorer });
    const at = (nowMs: number) => Array.from(ranker.rank({ history: [], nowMs, excluded: [] }, 4).items);
    expect(at(31)).toEqual([2, 4, 1, 0]);
    expect(at(10)).toEqual([0, 1, 2, 4]);
    expect(at(51)).toEqual([1, 0, 2, 4]);
    expect(at(31)).toEqual([2, 4, 1, 0]);
  });
});

describe('SlidingCounts', () => {
  const event = fc.record({ time: fc.nat({ max: 30 }), item: fc.nat({ max: 4 }) });
  const windows = fc.oneof(
    fc.record({ by: fc.constant('time' as const), ms: fc.integer({ min: 1, max: 20 }) }),
    fc.record({ by: fc.constant('events' as const), events: fc.integer({ min: 1, max: 10 }) }),
  );

  it('has the counts of its window wherever it came from', () => {
    fc.assert(
      fc.property(fc.array(event), windows, fc.array(fc.nat({ max: 35 })), (events, window, moments) => {
        const timeline = createTimeline(
          events.map(({ time }) => time),
          events.map(({ item }) => item),
        );
        const sliding = new SlidingCounts(timeline, window, 5);
        for (const now of moments) {
          sliding.moveTo(now);
          const before = Array.from(timeline.items).filter((_, place) => timeline.timesMs[place]! < now);
          const inside =
            window.by === 'events'
              ? before.slice(-window.events)
              : before.filter((_, place) => timeline.timesMs[place]! >= now - window.ms);
          const countsOf = (items: number[]) =>
            Array.from({ length: 5 }, (_, item) => items.filter((other) => other === item).length);
          expect(Array.from(sliding.before)).toEqual(countsOf(before));
          expect(Array.from(sliding.counts)).toEqual(countsOf(inside));
        }
      }),
    );
  });
});
