import type { UserHistory } from './user-history.js';

/**
 * Ascending positions of the events that count as targets.
 *
 * @param options.targetDomain index of the domain; -1 stands for all domains
 * @param options.firstOnly leaves out events whose item stands earlier in the history
 */
export function eventPositions(
  history: UserHistory,
  options: { readonly targetDomain: number; readonly firstOnly?: boolean },
): Uint32Array {
  const { targetDomain, firstOnly = false } = options;
  const seen = new Set<number>();
  const positions: number[] = [];
  for (let position = 0; position < history.length; position++) {
    if (targetDomain >= 0 && history.domains[position] !== targetDomain) continue;
    if (firstOnly) {
      const item = history.items[position]!;
      if (seen.has(item)) continue;
      seen.add(item);
    }
    positions.push(position);
  }
  return Uint32Array.from(positions);
}
