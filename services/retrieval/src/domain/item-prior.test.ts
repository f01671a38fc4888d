import { log1p } from '@isthmus/learning';
import { describe, expect, it } from '@jest/globals';
import { exactScan } from './exact-scan.js';
import { ItemPrior } from './item-prior.js';
import { RecentPopularity } from './recent-popularity.js';
import { openSparseTable } from './sparse-item-table.js';

// Four rows, of which three are ranked. Row 0 was seen 4 times and followed by 1 and 2; row 3 once, and followed by 2.
const table = openSparseTable({
  offsets: Uint32Array.of(0, 2, 2, 2, 3),
  columns: Uint32Array.of(1, 2, 2),
  counts: Float32Array.of(2, 1, 0.5),
  sourceNorms: Float32Array.of(2, 1, 1, 1),
  targetNorms: Float32Array.of(1, 1, 1, 1),
  shrinkage: 0,
});
const timeline = { timesMs: Float64Array.of(0, 1000, 5000), items: Uint32Array.of(1, 2, 2) };
const halfLifeMs = 800;
const prior = new ItemPrior({ table, timeline, halfLifeMs, targets: 3 });

describe('ItemPrior', () => {
  it('adds the logarithm of the decayed transitions of the history, the latest event most', () => {
    const said = prior.transitions([0, 3]);
    expect(said[0]).toBe(0);
    expect(said[1]).toBeCloseTo(log1p(20 * 0.5 * (2 / 2)), 5);
    expect(said[2]).toBeCloseTo(log1p(20 * (0.5 * (1 / 2) + 0.5)), 5);
  });

  it('looks at no more than the last twenty events', () => {
    expect(Array.from(prior.transitions([0, ...new Array<number>(19).fill(1)]))[1]).toBeGreaterThan(0);
    expect(Array.from(prior.transitions([0, ...new Array<number>(20).fill(1)]))).toEqual([0, 0, 0]);
  });

  it('weighs both parts, and leaves out what has the weight 0', () => {
    const both = Array.from(prior.bonus({ transitions: 2, popularity: 3 }, [0, 3], 5600));
    const said = Array.from(prior.transitions([0, 3]));
    const popular = Array.from(prior.popularity(5600));
    both.forEach((value, row) => {
      expect(value).toBeCloseTo(2 * said[row]! + 3 * popular[row]!, 5);
    });
    expect(Array.from(prior.bonus({ transitions: 0, popularity: 0 }, [0, 3], 5600))).toEqual([0, 0, 0]);
  });

  it('names the events behind an item, strongest first, and their shares', () => {
    const causes = prior.causes([0, 3], 2);
    expect(causes.map(({ position }) => position)).toEqual([1, 0]);
    expect(causes[0]!.share).toBeCloseTo(0.5 / 0.75, 6);
    expect(causes[0]!.share + causes[1]!.share).toBeCloseTo(1, 6);
    expect(causes[1]!.probability).toBeCloseTo(1 / 4, 6);
    expect(prior.causes([0, 3], 0)).toEqual([]);
  });

  it('makes a search find the best sums exactly', () => {
    const vectors = Float32Array.of(1, 0, 0, 1, 0.5, 0.5);
    const bonus = prior.bonus({ transitions: 1, popularity: 0 }, [0], 0);
    const [hits] = exactScan(vectors, Float32Array.of(1, 0.2), 2, 2, undefined, bonus);
    const sums = [1, 0.2, 0.6].map((score, row) => ({ row, score: score + bonus[row]! }));
    sums.sort((a, b) => b.score - a.score);
    expect(Array.from(hits!.rows)).toEqual(sums.slice(0, 2).map(({ row }) => row));
    expect(hits!.scores[0]).toBeCloseTo(sums[0]!.score, 5);
  });
});

describe('RecentPopularity', () => {
  it('halves what an event weighs in every half-life and knows nothing of later events', () => {
    const popularity = new RecentPopularity(timeline, 3, halfLifeMs);
    // Moments lie 100 ms apart: at 4999 it is 4900, after the first two events and before the third.
    const at = Array.from(popularity.at(4999));
    expect(at[0]).toBe(0);
    expect(at[1]).toBeCloseTo(log1p(100 * 2 ** (-4900 / 800)), 4);
    expect(at[2]).toBeCloseTo(log1p(100 * 2 ** (-3900 / 800)), 4);
    expect(popularity.at(5100)[2]!).toBeGreaterThan(at[2]!);
  });

  it('says the same bits whatever was asked before', () => {
    const jumping = new RecentPopularity(timeline, 3, halfLifeMs);
    for (const time of [9000, 200, 5050, 1200]) jumping.at(time);
    const direct = new RecentPopularity(timeline, 3, halfLifeMs);
    for (const time of [1300, 5300, 1e12, Number.POSITIVE_INFINITY])
      expect(Array.from(jumping.at(time))).toEqual(Array.from(direct.at(time)));
  });

  it('is nothing without events', () => {
    const none = { timesMs: new Float64Array(), items: new Uint32Array() };
    expect(Array.from(new RecentPopularity(none, 2, 1).at(5))).toEqual([0, 0]);
  });
});
