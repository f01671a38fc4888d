/** Numbering of the target domain's items by themselves. */
export interface TargetRows {
  /** Item of each row, ascending. */
  readonly items: Uint32Array;
  /** Row of each item; -1 for items of other domains. */
  readonly rows: Int32Array;
}

const known = new WeakMap<Uint8Array, Map<number, TargetRows>>();

/**
 * The target rows of a catalogue. Made once for a table, which must not change afterwards.
 * @param domains domain of each item
 */
export function targetRows(domains: Uint8Array, targetDomain: number): TargetRows {
  const byDomain = known.get(domains) ?? new Map<number, TargetRows>();
  known.set(domains, byDomain);
  const found = byDomain.get(targetDomain);
  if (found !== undefined) return found;
  const items: number[] = [];
  const rows = new Int32Array(domains.length).fill(-1);
  for (let item = 0; item < domains.length; item++) {
    if (domains[item] !== targetDomain) continue;
    rows[item] = items.length;
    items.push(item);
  }
  const result = { items: Uint32Array.from(items), rows };
  byDomain.set(targetDomain, result);
  return result;
}
