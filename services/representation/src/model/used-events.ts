import type { ItemIds } from './item-ids.js';
import type { ModelShape } from './model-shape.js';

/** An event as a caller describes it. */
export interface CallerEvent {
  readonly domain: string;
  readonly itemId: string;
  /** Unix time in milliseconds. */
  readonly timestampMs: number;
}

/** The events of a caller that a representation is made of, oldest first. */
export interface UsedEvents {
  /** Index of each in the caller's list. */
  readonly indices: Uint32Array;
  /** Its item. */
  readonly items: Uint32Array;
}

/**
 * The latest events of source domains with items that the model knows, strictly before `asOfMs`. Sorted by time; events of
 * one time keep the caller's order, as they do in the data that the model was trained on.
 *
 * @param asOfMs undefined or Infinity for all events
 */
export function usedEvents(
  shape: ModelShape,
  ids: ItemIds,
  events: readonly CallerEvent[],
  asOfMs: number = Number.POSITIVE_INFINITY,
): UsedEvents {
  const known: { readonly index: number; readonly item: number; readonly timestampMs: number }[] = [];
  for (const [index, { domain, itemId, timestampMs }] of events.entries()) {
    if (timestampMs >= asOfMs) continue;
    const number = shape.domains.indexOf(domain);
    if (!shape.sourceDomains.includes(number)) continue;
    const item = ids.index(number, itemId);
    if (item !== undefined) known.push({ index, item, timestampMs });
  }
  const latest = known.sort((a, b) => a.timestampMs - b.timestampMs).slice(-shape.maxSourceEvents);
  return {
    indices: Uint32Array.from(latest, ({ index }) => index),
    items: Uint32Array.from(latest, ({ item }) => item),
  };
}
