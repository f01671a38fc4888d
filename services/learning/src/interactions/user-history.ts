/** One event: somebody took an item. */
export interface InteractionEvent {
  /** Index of the domain in the catalogue's list, 0 to 255. */
  readonly domain: number;
  /** Item index in the catalogue. */
  readonly item: number;
  /** Milliseconds since 1970, a safe integer; sets without a clock use positions. */
  readonly timestampMs: number;
  /** Rating or weight, finite float32; 1 where the source has none. */
  readonly value: number;
}

/**
 * A user's events in columns, in time order (ties keep the order of the source). All columns have `length` entries.
 */
export interface UserHistory {
  readonly length: number;
  readonly domains: Uint8Array;
  readonly items: Uint32Array;
  readonly timestampsMs: Float64Array;
  readonly values: Float32Array;
}

/** Columns from events, sorted stably by time: events of equal time keep their order. */
export function historyFromEvents(events: readonly InteractionEvent[]): UserHistory {
  const sorted = isInTimeOrder(events) ? events : events.toSorted((a, b) => a.timestampMs - b.timestampMs);
  return {
    length: sorted.length,
    domains: Uint8Array.from(sorted, (event) => event.domain),
    items: Uint32Array.from(sorted, (event) => event.item),
    timestampsMs: Float64Array.from(sorted, (event) => event.timestampMs),
    values: Float32Array.from(sorted, (event) => event.value),
  };
}

/** The event at a position of a history. */
export function historyEvent(history: UserHistory, position: number): InteractionEvent {
  return {
    domain: history.domains[position]!,
    item: history.items[position]!,
    timestampMs: history.timestampsMs[position]!,
    value: history.values[position]!,
  };
}

/** The first `count` events, sharing memory with the given history. */
export function historyPrefix(history: UserHistory, count: number): UserHistory {
  return {
    length: count,
    domains: history.domains.subarray(0, count),
    items: history.items.subarray(0, count),
    timestampsMs: history.timestampsMs.subarray(0, count),
    values: history.values.subarray(0, count),
  };
}

/** The last `count` events, or all of fewer, sharing memory with the given history. */
export function historySuffix(history: UserHistory, count: number): UserHistory {
  const start = Math.max(0, history.length - count);
  return {
    length: history.length - start,
    domains: history.domains.subarray(start),
    items: history.items.subarray(start),
    timestampsMs: history.timestampsMs.subarray(start),
    values: history.values.subarray(start),
  };
}

/** The events at the given ascending positions. */
export function historySelection(history: UserHistory, positions: ArrayLike<number>): UserHistory {
  return historyFromEvents(Array.from(positions, (position) => historyEvent(history, position)));
}

/** Positions of the events of one domain, ascending. */
export function positionsOfDomain(history: UserHistory, domain: number): Uint32Array {
  const positions: number[] = [];
  for (let position = 0; position < history.length; position++) {
    if (history.domains[position] === domain) positions.push(position);
  }
  return Uint32Array.from(positions);
}

/** Number of events strictly before a time: the history as it was at that moment is this prefix. */
export function eventsBefore(history: UserHistory, timestampMs: number): number {
  let low = 0;
  let high = history.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (history.timestampsMs[middle]! < timestampMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A history without events. */
export const emptyHistory: UserHistory = historyFromEvents([]);

function isInTimeOrder(events: readonly InteractionEvent[]): boolean {
  return events.every((event, index) => index === 0 || events[index - 1]!.timestampMs <= event.timestampMs);
}
