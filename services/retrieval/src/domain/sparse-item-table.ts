import { power } from '@isthmus/learning';
import type { PairCounts } from './pair-counts.js';

/**
 * What an item says of others, in compressed sparse rows; the columns of a row ascend. The weight of a pair is
 *
 *     w(j → i) = count(j → i) / (sourceNorm(j) · targetNorm(i) + shrinkage)
 *
 * and count and norms are kept apart, so that a weight can be had without what one user added to the count.
 */
export interface SparseItemTable {
  /** Number of rows and of columns. */
  readonly items: number;
  /** `[items + 1]` */
  readonly offsets: Uint32Array;
  /** `[pairs]` */
  readonly columns: Uint32Array;
  /** `[pairs]` */
  readonly counts: Float32Array;
  /** `[pairs]`, from the counts and the norms. */
  readonly weights: Float32Array;
  /** `[items]` each, at least 1 for an item that has a pair. */
  readonly sourceNorms: Float32Array;
  readonly targetNorms: Float32Array;
  /** At least 0. */
  readonly shrinkage: number;
}

/** How counts become weights. */
export interface SparseTableSettings {
  /** Powers of the items' own numbers in the denominator: 0.5 and 0.5 with shrinkage 0 is the cosine of baskets. */
  readonly sourceExponent: number;
  readonly targetExponent: number;
  /** Added to the denominator: pairs that were seen rarely weigh less. */
  readonly shrinkage: number;
  /** Most pairs of a row that are kept: those of the largest weights, of equal ones the lowest columns. */
  readonly neighbours: number;
}

/**
 * A table from counts.
 * @param occurrences by item, how often it was seen: users or events
 */
export function buildSparseTable(
  counts: PairCounts,
  occurrences: ArrayLike<number>,
  settings: SparseTableSettings,
): SparseItemTable {
  const { shrinkage, neighbours } = settings;
  const items = counts.offsets.length - 1;
  const sourceNorms = normsOf(occurrences, items, settings.sourceExponent);
  const targetNorms = normsOf(occurrences, items, settings.targetExponent);
  const offsets = new Uint32Array(items + 1);
  for (let row = 0; row < items; row++)
    offsets[row + 1] = offsets[row]! + Math.min(neighbours, counts.offsets[row + 1]! - counts.offsets[row]!);
  const columns = new Uint32Array(offsets[items]!);
  const kept = new Float32Array(columns.length);
  const all = weigh({ ...counts, counts: counts.sums, sourceNorms, targetNorms, shrinkage });
  for (let row = 0; row < items; row++) {
    let at = offsets[row]!;
    for (const place of heaviest(all, counts.offsets[row]!, counts.offsets[row + 1]!, neighbours)) {
      columns[at] = counts.columns[place]!;
      kept[at++] = counts.sums[place]!;
    }
  }
  return openSparseTable({ offsets, columns, counts: kept, sourceNorms, targetNorms, shrinkage });
}

/** A table from the parts that are stored. */
export function openSparseTable(parts: Omit<SparseItemTable, 'items' | 'weights'>): SparseItemTable {
  return { ...parts, items: parts.offsets.length - 1, weights: weigh(parts) };
}

/** Weight of a pair of a count, as the table has it. */
export function pairWeight(
  table: Pick<SparseItemTable, 'sourceNorms' | 'targetNorms' | 'shrinkage'>,
  source: number,
  target: number,
  count: number,
): number {
  return count / (table.sourceNorms[source]! * table.targetNorms[target]! + table.shrinkage);
}

function normsOf(occurrences: ArrayLike<number>, items: number, exponent: number): Float32Array {
  const powers = new Map<number, number>();
  return Float32Array.from({ length: items }, (_, item) => {
    const seen = occurrences[item]!;
    const norm = powers.get(seen) ?? (exponent === 0 ? 1 : power(seen, exponent));
    powers.set(seen, norm);
    return norm;
  });
}

function weigh(
  parts: Omit<SparseItemTable, 'items' | 'weights' | 'counts'> & { readonly counts: ArrayLike<number> },
): Float32Array {
  const { offsets, columns, counts } = parts;
  const weights = new Float32Array(columns.length);
  for (let row = 0; row + 1 < offsets.length; row++)
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++)
      weights[at] = pairWeight(parts, row, columns[at]!, counts[at]!);
  return weights;
}

/** Places of the heaviest entries of a row, ascending. */
function heaviest(weights: Float32Array, from: number, to: number, most: number): Uint32Array {
  const places = Uint32Array.from({ length: to - from }, (_, i) => from + i);
  if (places.length <= most) return places;
  return places
    .sort((a, b) => weights[b]! - weights[a]! || a - b)
    .slice(0, most)
    .sort();
}
