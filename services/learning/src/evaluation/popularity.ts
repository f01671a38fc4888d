import type { InteractionData } from '../interactions/interaction-data.js';

/**
 * Number of events of each item of a domain, by item index; 0 for items of other domains.
 * @param options.fromMs, options.toMs counts events in [fromMs, toMs) only
 */
export function countPopularity(
  data: InteractionData,
  options: { readonly targetDomain: number; readonly fromMs?: number; readonly toMs?: number },
): Float64Array {
  const { targetDomain, fromMs = Number.NEGATIVE_INFINITY, toMs = Number.POSITIVE_INFINITY } = options;
  const counts = new Float64Array(data.catalogue.items.length);
  for (const { history } of data.users) {
    for (let position = 0; position < history.length; position++) {
      const timestampMs = history.timestampsMs[position]!;
      if (history.domains[position] !== targetDomain || timestampMs < fromMs || timestampMs >= toMs) continue;
      const item = history.items[position]!;
      counts[item] = counts[item]! + 1;
    }
  }
  return counts;
}
