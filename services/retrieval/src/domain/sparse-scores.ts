import type { ItemPairs } from './item-pairs.js';
import { pairWeight, type SparseItemTable } from './sparse-item-table.js';

/**
 * Adds to `out` what a history says of every item: Σ decay^age · w(j → i) over the events j, the latest of age 0. An item
 * that is in the history several times counts each time. An item that the table does not know says nothing.
 *
 * @param history items, oldest first
 * @param decay 0 to 1; 0 looks at the last event alone
 * @param out `[items]`
 */
export function addScores(
  table: SparseItemTable,
  history: ArrayLike<number>,
  decay: number,
  out: Float32Array,
): void {
  const { offsets, columns, weights } = table;
  let factor = 1;
  for (let position = history.length - 1; position >= 0 && factor > 0; position--) {
    const source = history[position]!;
    if (source < table.items) {
      const end = offsets[source + 1]!;
      for (let at = offsets[source]!; at < end; at++) out[columns[at]!]! += factor * weights[at]!;
    }
    factor *= decay;
  }
}

/** Adds scores of a history as {@link addScores} does, as if pairs of the user's own had not been counted. */
export type LeaveOneOutScorer = (
  history: ArrayLike<number>,
  decay: number,
  own: ItemPairs,
  out: Float32Array,
) => void;

/**
 * Scores for training a model that takes this table as an input: a user's own next item would look too good by the very
 * pair that is to be foretold, so the pairs of the user are taken out of the counts. The norms keep the user's events, and
 * no pair that was too light for the table comes back. The pairs are those that `addUserPairs` finds.
 */
export function createLeaveOneOutScorer(table: SparseItemTable): LeaveOneOutScorer {
  const { offsets, columns, counts, weights } = table;
  const ownCounts = new Float64Array(table.items);
  return (history, decay, own, out) => {
    const bySource = placesOfSources(own.sources);
    const { targets, weights: ownWeights } = own;
    let factor = 1;
    for (let position = history.length - 1; position >= 0 && factor > 0; position--, factor *= decay) {
      const source = history[position]!;
      if (source >= table.items) continue;
      const places = bySource.get(source) ?? [];
      for (const place of places) ownCounts[targets[place]!]! += ownWeights[place]!;
      const end = offsets[source + 1]!;
      for (let at = offsets[source]!; at < end; at++) {
        const target = columns[at]!;
        const ownCount = ownCounts[target]!;
        const weight =
          ownCount === 0
            ? weights[at]!
            : pairWeight(table, source, target, withoutCount(counts[at]!, ownCount));
        out[target]! += factor * weight;
      }
      for (const place of places) ownCounts[targets[place]!] = 0;
    }
  };
}

/** What is left of a count; what rounding leaves of nothing is nothing. */
function withoutCount(count: number, own: number): number {
  const left = count - own;
  return left > 1e-6 * count ? left : 0;
}

function placesOfSources(sources: Uint32Array): ReadonlyMap<number, readonly number[]> {
  const places = new Map<number, number[]>();
  sources.forEach((source, place) => {
    const known = places.get(source);
    if (known === undefined) places.set(source, [place]);
    else known.push(place);
  });
  return places;
}
