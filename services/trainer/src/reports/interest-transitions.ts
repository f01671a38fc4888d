import type { UserHistory } from '@isthmus/learning';
import type { ItemCodes } from './item-codes.js';
import type { InterestTransitions } from './retrieval-report-data.js';

/** Codes of a map at most: more could not be read. */
const mostCodes = 24;

/** Counts how histories go from the first-level code of an item to that of the next item that has one. */
export function countTransitions(codes: ItemCodes, histories: Iterable<UserHistory>): InterestTransitions {
  const count = codes.counts[0]!;
  const pairs = new Float64Array(count * count);
  const visits = new Float64Array(count);
  let total = 0;
  for (const { items } of histories) {
    let before: number | undefined;
    for (const item of items) {
      const code = codes.codeOf(item, 0);
      if (code === undefined) continue;
      visits[code]!++;
      if (before !== undefined) {
        pairs[before * count + code]!++;
        total++;
      }
      before = code;
    }
  }
  const shown = Array.from({ length: count }, (_, code) => code)
    .filter((code) => visits[code]! > 0)
    .sort((a, b) => visits[b]! - visits[a]! || a - b)
    .slice(0, mostCodes);
  return {
    codes: shown,
    counts: shown.map((from) => shown.map((to) => pairs[from * count + to]!)),
    total,
  };
}
