/** When the items of the target domain were taken, for popularity as it was at any moment. */
export interface PopularityTable {
  /** Times of target row r are `timesMs[offsets[r] .. offsets[r + 1]]`, ascending. */
  readonly offsets: Uint32Array;
  readonly timesMs: Float64Array;
  /** Length of the recent window; ages are counted in twelfths of it. */
  readonly recentMs: number;
}

/** Classes of each of the three counts. */
export const popularityClasses = 12;

/**
 * Popularity of a target item strictly before a time, as three classes: all events, recent events (both 1 + floor(log2 n),
 * 0 for none), and age since the first event (1 + floor(log2(1 + age)) in twelfths of the window, 0 for an item without
 * events). Nothing that happens at or after the time is looked at.
 */
export function popularityAt(
  table: PopularityTable,
  row: number,
  timeMs: number,
): readonly [total: number, recent: number, age: number] {
  const start = table.offsets[row]!;
  const end = firstNotBefore(table.timesMs, start, table.offsets[row + 1]!, timeMs);
  if (end === start) return [0, 0, 0];
  const recent = end - firstNotBefore(table.timesMs, start, end, timeMs - table.recentMs);
  const age = Math.floor((12 * (timeMs - table.timesMs[start]!)) / table.recentMs);
  return [countClass(end - start), countClass(recent), countClass(Math.min(age, 2 ** 30) + 1)];
}

function countClass(count: number): number {
  return Math.min(popularityClasses - 1, 32 - Math.clz32(count));
}

/** First index from `low` to `high` whose time is not before `timeMs`. */
function firstNotBefore(times: Float64Array, low: number, high: number, timeMs: number): number {
  let [first, last] = [low, high];
  while (first < last) {
    const middle = (first + last) >>> 1;
    if (times[middle]! < timeMs) first = middle + 1;
    else last = middle;
  }
  return first;
}
