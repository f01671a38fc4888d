import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addUserPairs, ItemPairs, type PairRule } from './item-pairs.js';
import { addPairs, findPair, noPairCounts, type PairCounts } from './pair-counts.js';
import { buildSparseTable, pairWeight } from './sparse-item-table.js';
import { addScores, createLeaveOneOutScorer } from './sparse-scores.js';

const items = 7;
const everyTarget = new Uint8Array(items).fill(1);
const plain = { sourceExponent: 0, targetExponent: 0, shrinkage: 0, neighbours: 100 };
const tuned = { sourceExponent: 0.5, targetExponent: 0.3, shrinkage: 5, neighbours: 100 };
const basket: PairRule = { kind: 'basket' };
const rules: PairRule = { kind: 'following', window: 3, gapWeight: 'inverse' };

const histories = fc.array(fc.array(fc.nat({ max: items - 1 }), { maxLength: 8 }), { maxLength: 6 });

function count(rule: PairRule, users: readonly (readonly number[])[], usersPerCall = 100): PairCounts {
  let counts = noPairCounts(items);
  for (let start = 0; start < users.length; start += usersPerCall) {
    const pairs = new ItemPairs();
    for (const user of users.slice(start, start + usersPerCall)) addUserPairs(rule, user, everyTarget, pairs);
    counts = addPairs(counts, pairs);
  }
  return counts;
}

function occurrencesOf(users: readonly (readonly number[])[]): Uint32Array {
  const seen = new Uint32Array(items);
  for (const user of users) for (const item of user) seen[item]!++;
  return seen;
}

/** The same counts, written down as they are defined. */
function bruteForce(rule: PairRule, users: readonly (readonly number[])[]): number[][] {
  const sums = Array.from({ length: items }, () => new Array<number>(items).fill(0));
  for (const user of users)
    for (let source = 0; source < items; source++)
      for (let target = 0; target < items; target++) {
        if (rule.kind === 'basket') {
          if (source !== target && user.includes(source) && user.includes(target)) sums[source]![target]!++;
          continue;
        }
        user.forEach((item, position) => {
          if (item !== target) return;
          for (let gap = 1; gap <= rule.window; gap++)
            if (user[position - gap] === source) sums[source]![target]! += 1 / gap;
        });
      }
  return sums;
}

describe('counts of pairs', () => {
  it.each([basket, rules])('are those of the definition (%j)', (rule) => {
    fc.assert(
      fc.property(histories, (users) => {
        const counts = count(rule, users);
        const found: number[][] = Array.from({ length: items }, (_, source) =>
          Array.from({ length: items }, (_, target) => {
            const place = findPair(counts, source, target);
            return place < 0 ? 0 : Number(counts.sums[place]!.toFixed(9));
          }),
        );
        const expected = bruteForce(rule, users).map((row) => row.map((sum) => Number(sum.toFixed(9))));
        expect(found).toEqual(expected);
        const pairs = expected.flat().filter((sum) => sum > 0).length;
        expect(counts.columns.length).toBe(pairs);
      }),
    );
  });

  it('have the same bits however the users are divided', () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 1, max: 3 }), (users, usersPerCall) => {
        const [parts, whole] = [count(rules, users, usersPerCall), count(rules, users)];
        expect(Array.from(parts.offsets)).toEqual(Array.from(whole.offsets));
        expect(Array.from(parts.columns)).toEqual(Array.from(whole.columns));
        expect(Array.from(parts.sums)).toEqual(Array.from(whole.sums));
      }),
    );
  });

  it('lead to targets alone', () => {
    const pairs = new ItemPairs();
    addUserPairs(rules, [0, 1, 2], Uint8Array.of(0, 0, 1, 0, 0, 0, 0), pairs);
    expect(Array.from(pairs.sources)).toEqual([1, 0]);
    expect(Array.from(pairs.targets)).toEqual([2, 2]);
    expect(Array.from(pairs.weights)).toEqual([1, 0.5]);
  });

  it('end where there are too many, with what to do', () => {
    const pairs = new ItemPairs();
    addUserPairs(basket, [0, 1, 2], everyTarget, pairs);
    expect(() => addPairs(noPairCounts(items), pairs, 5)).toThrow(
      '6 different pairs of items, more than 5: lower',
    );
  });
});

describe('a sparse table', () => {
  const users = [
    [0, 1, 2],
    [0, 1],
    [3, 0, 1],
    [2, 3],
  ];

  it('weighs pairs as item-kNN does', () => {
    const table = buildSparseTable(count(basket, users), occurrencesOf(users), tuned);
    const place = findPair(table, 0, 1);
    expect(table.counts[place]).toBe(3);
    expect(table.weights[place]).toBeCloseTo(3 / (3 ** 0.5 * 3 ** 0.3 + 5), 6);
    expect(pairWeight(table, 0, 1, 2)).toBeCloseTo(2 / (3 ** 0.5 * 3 ** 0.3 + 5), 6);
  });

  it('keeps the heaviest pairs of a row, of equal ones the lowest', () => {
    const table = buildSparseTable(count(basket, users), occurrencesOf(users), { ...plain, neighbours: 2 });
    const row = table.columns.subarray(table.offsets[0], table.offsets[1]);
    expect(Array.from(row)).toEqual([1, 2]);
    expect(Array.from(table.counts.subarray(table.offsets[0], table.offsets[1]))).toEqual([3, 1]);
  });

  it('adds what the events of a history say, earlier ones less', () => {
    const table = buildSparseTable(count(rules, users), occurrencesOf(users), plain);
    const out = new Float32Array(items);
    addScores(table, [3, 2], 0.5, out);
    // 2 → 3 once next to it; 3 → 0 next to it, 3 → 1 at the second place.
    expect(Array.from(out)).toEqual([0.5, 0.25, 0, 1, 0, 0, 0]);
    const last = new Float32Array(items);
    addScores(table, [3, 2], 0, last);
    expect(Array.from(last)).toEqual([0, 0, 0, 1, 0, 0, 0]);
  });

  it('ignores items that it does not know', () => {
    const out = new Float32Array(items);
    addScores(buildSparseTable(count(rules, users), occurrencesOf(users), plain), [items + 5], 0.5, out);
    expect(out.every((score) => score === 0)).toBe(true);
  });
});

describe('leaving the pairs of a user out', () => {
  it.each([basket, rules])('is counting again without them (%j)', (rule) => {
    const own = fc.array(fc.nat({ max: items - 1 }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(histories, own, (others, user) => {
        const seen = occurrencesOf([...others, user]);
        const table = buildSparseTable(count(rule, [...others, user]), seen, tuned);
        const recounted = buildSparseTable(count(rule, others), seen, tuned);
        const pairs = new ItemPairs();
        addUserPairs(rule, user, everyTarget, pairs);
        const history = user.slice(0, -1);
        const [actual, expected] = [new Float32Array(items), new Float32Array(items)];
        createLeaveOneOutScorer(table)(history, 0.6, pairs, actual);
        addScores(recounted, history, 0.6, expected);
        const farthest = Math.max(...actual.map((score, item) => Math.abs(score - expected[item]!)));
        expect(farthest).toBeLessThan(1e-5);
      }),
    );
  });

  it('leaves nothing of a pair that nobody else has', () => {
    const users = [[0, 1, 4, 2]];
    const table = buildSparseTable(count(rules, users), occurrencesOf(users), plain);
    const pairs = new ItemPairs();
    addUserPairs(rules, users[0]!, everyTarget, pairs);
    const out = new Float32Array(items);
    createLeaveOneOutScorer(table)([0, 1, 4], 0.3, pairs, out);
    expect(Array.from(out)).toEqual(new Array(items).fill(0));
  });
});
