import type { InteractionData } from '../interactions/interaction-data.js';
import { historySelection, positionsOfDomain, type UserHistory } from '../interactions/user-history.js';
import { numpyPermutation } from './mt19937.js';

/**
 * Draws users who are to look new in the target domain, out of the overlapping ones (with at least one event in it and
 * one outside of it, in record order): `RandomState(seed).permutation`, of which the first `floor(share n)` are chosen.
 *
 * @returns the chosen records and the rest, both in the order of the permutation
 */
export function drawColdUsers(
  data: InteractionData,
  targetDomain: number,
  seed: number,
  share: number,
): { readonly chosen: readonly number[]; readonly rest: readonly number[] } {
  const overlapping: number[] = [];
  for (const [record, { history }] of data.users.entries()) {
    const targets = positionsOfDomain(history, targetDomain).length;
    if (targets > 0 && targets < history.length) overlapping.push(record);
  }
  const permuted = Array.from(numpyPermutation(seed, overlapping.length), (place) => overlapping[place]!);
  const count = Math.floor(share * permuted.length);
  return { chosen: permuted.slice(0, count), rest: permuted.slice(count) };
}

/** A history without the events of one domain. */
export function withoutDomain(history: UserHistory, domain: number): UserHistory {
  const kept: number[] = [];
  for (let position = 0; position < history.length; position++) {
    if (history.domains[position] !== domain) kept.push(position);
  }
  return historySelection(history, kept);
}
