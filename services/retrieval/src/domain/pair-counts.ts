import type { ItemPairs } from './item-pairs.js';

/**
 * Summed weights of ordered pairs in compressed sparse rows: row j, from `offsets[j]` to `offsets[j + 1]`, has the items
 * that pairs lead to from item j, ascending.
 */
export interface PairCounts {
  /** `[items + 1]` */
  readonly offsets: Uint32Array;
  /** `[pairs]` */
  readonly columns: Uint32Array;
  /** `[pairs]` */
  readonly sums: Float64Array;
}

/** Counts before the first pair. */
export function noPairCounts(items: number): PairCounts {
  return { offsets: new Uint32Array(items + 1), columns: new Uint32Array(), sums: new Float64Array() };
}

/** Most different pairs that are counted: 12 bytes each. */
export const mostPairs = 1 << 26;

/**
 * The counts with further pairs added, one after the other, so the bits do not depend on how the pairs were divided into
 * calls. Takes time for all pairs counted so far: add thousands at a time.
 *
 * @param limit most different pairs. Throws an Error beyond it that says what to do
 */
export function addPairs(counts: PairCounts, pairs: ItemPairs, limit = mostPairs): PairCounts {
  const items = counts.offsets.length - 1;
  const { starts, places } = placesBySource(pairs.sources, items);
  const { targets, weights } = pairs;
  const offsets = new Uint32Array(items + 1);
  const columns = new Uint32Array(counts.columns.length + pairs.size);
  const sums = new Float64Array(columns.length);
  const rowSums = new Float64Array(items);
  const isTouched = new Uint8Array(items);
  let size = 0;
  for (let row = 0; row < items; row++) {
    const [from, to] = [counts.offsets[row]!, counts.offsets[row + 1]!];
    const [first, end] = [starts[row]!, starts[row + 1]!];
    if (first === end) {
      columns.set(counts.columns.subarray(from, to), size);
      sums.set(counts.sums.subarray(from, to), size);
      size += to - from;
    } else {
      const touched: number[] = [];
      for (let at = from; at < to; at++) {
        const column = counts.columns[at]!;
        rowSums[column] = counts.sums[at]!;
        isTouched[column] = 1;
        touched.push(column);
      }
      for (let at = first; at < end; at++) {
        const column = targets[places[at]!]!;
        if (isTouched[column] === 0) {
          isTouched[column] = 1;
          rowSums[column] = 0;
          touched.push(column);
        }
        rowSums[column]! += weights[places[at]!]!;
      }
      for (const column of Uint32Array.from(touched).sort()) {
        columns[size] = column;
        sums[size++] = rowSums[column]!;
        isTouched[column] = 0;
      }
    }
    offsets[row + 1] = size;
  }
  if (size > limit)
    throw new Error(
      `there are ${size} different pairs of items, more than ${limit}: lower 'maxLength' or 'window'`,
    );
  return { offsets, columns: columns.slice(0, size), sums: sums.slice(0, size) };
}

/** Position of a pair in the counts, -1 where it was never seen. */
export function findPair(
  rows: { readonly offsets: Uint32Array; readonly columns: Uint32Array },
  source: number,
  target: number,
): number {
  let low = rows.offsets[source]!;
  let high = rows.offsets[source + 1]! - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const column = rows.columns[middle]!;
    if (column === target) return middle;
    if (column < target) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Places of the pairs, ordered by their source and inside of a source as they were found. */
function placesBySource(
  sources: Uint32Array,
  items: number,
): { readonly starts: Uint32Array; readonly places: Uint32Array } {
  const starts = new Uint32Array(items + 1);
  for (const source of sources) starts[source + 1]!++;
  for (let row = 0; row < items; row++) starts[row + 1]! += starts[row]!;
  const next = starts.slice();
  const places = new Uint32Array(sources.length);
  sources.forEach((source, place) => {
    places[next[source]!++] = place;
  });
  return { starts, places };
}
