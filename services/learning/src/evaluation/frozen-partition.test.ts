import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';

import { openInteractions } from '../interactions/committed-interactions.js';
import { describeInteractions } from '../interactions/description.js';
import { createMemoryInputs } from '../interactions/memory-inputs.js';
import { historyFromEvents } from '../interactions/user-history.js';
import { singularValues } from '../metrics/collapse.js';
import { normalisedMutualInformation } from '../metrics/mutual-information.js';
import { createRandom } from '../random/random.js';
import { clusterRows } from './cluster-rows.js';
import { freezePartition, usualPartition } from './frozen-partition.js';
import { factoriseNeighbours } from './item-factors.js';

const seed = new Uint8Array(32).fill(4);

/** Forty items in four groups of ten; each user takes eight of one group and one of any. Item 40 is taken by nobody. */
function groupedData() {
  const random = createRandom(seed, 'test');
  const items = Array.from({ length: 41 }, (_, item) => ({
    itemId: `i${item}`,
    domain: 0,
    category: '',
    tokens: [],
    numbers: new Float32Array(0),
  }));
  const users = Array.from({ length: 200 }, (_, user) => {
    const own = Array.from(random.choose(10, 8), (item) => 10 * (user % 4) + item);
    const events = [...own, random.below(40)].map((item, timestampMs) => ({
      domain: 0,
      item,
      timestampMs,
      value: 1,
    }));
    return { id: BigInt(user), history: historyFromEvents(events) };
  });
  const data = { catalogue: { domains: ['all'], items }, users };
  return openInteractions(
    createMemoryInputs(data, describeInteractions(data, { targetDomain: 'all', split: {} })),
  );
}

describe('freezePartition', () => {
  const data = groupedData();
  const settings = { ...usualPartition, groups: 4, rank: 4, neighbours: 20 };

  it('finds the groups that people take together, and leaves out what nobody took', () => {
    const { groupOf, itemEvents } = freezePartition(data, settings);
    const truth = Array.from({ length: 40 }, (_, item) => Math.floor(item / 10));
    expect(normalisedMutualInformation(Array.from(groupOf.subarray(0, 40)), truth)).toBeCloseTo(1, 9);
    expect([groupOf[40], itemEvents[40]]).toEqual([-1, 0]);
  });

  it('is the same on every machine', () => {
    const { groupOf } = freezePartition(data, { ...settings, groups: 7 });
    const digest = createHash('sha256').update(Int32Array.from(groupOf)).digest('hex');
    expect(digest.slice(0, 16)).toBe('c2f8eb73192c11c7');
  });
});

describe('factoriseNeighbours', () => {
  it('spans the dominant subspace of the symmetric table', () => {
    // Two blocks: similarities 1 within {0, 1, 2} and 0.5 within {3, 4}; eigenvalues 2 and 0.5 lead.
    const items = [[1, 2], [0, 2], [0, 1], [4], [3]].map((list) => Uint32Array.from(list));
    const similarities = [[1, 1], [1, 1], [1, 1], [0.5], [0.5]].map((list) => Float64Array.from(list));
    const { values, rank } = factoriseNeighbours({ items, similarities }, { rank: 1, iterations: 60, seed });
    const rows = Array.from({ length: 5 }, (_, item) => values.subarray(item * rank, (item + 1) * rank));
    expect(singularValues(rows)[0]).toBeCloseTo(2, 9);
    expect(Math.abs(rows[0]![0]!)).toBeCloseTo(2 / Math.sqrt(3), 9);
    expect(Math.abs(rows[3]![0]!)).toBeCloseTo(0, 9);
  });
});

describe('clusterRows', () => {
  it('separates what lies apart, with fewer groups where there are fewer rows', () => {
    const rows = Float64Array.of(0, 0, 0.1, 0, 9, 9, 9, 9.1);
    const groups = clusterRows(rows, 2, { groups: 2, iterations: 10, seed });
    expect(groups[0]).toBe(groups[1]);
    expect(groups[2]).toBe(groups[3]);
    expect(groups[0]).not.toBe(groups[2]);
    expect(Array.from(clusterRows(Float64Array.of(5), 1, { groups: 3, iterations: 2, seed }))).toEqual([0]);
  });
});
