/** Events of all users in time order, equal times by item. */
export interface EventTimeline {
  /** `[events]`, ascending. */
  readonly timesMs: Float64Array;
  /** `[events]` */
  readonly items: Uint32Array;
}

/** What a window before a moment holds. */
export type TimelineWindow =
  /** The events of the last so many milliseconds. */
  | { readonly by: 'time'; readonly ms: number }
  /** The last so many events, for data whose order is a position. */
  | { readonly by: 'events'; readonly events: number };

/** A timeline from events in any order. */
export function createTimeline(timesMs: ArrayLike<number>, items: ArrayLike<number>): EventTimeline {
  const order = Uint32Array.from({ length: timesMs.length }, (_, place) => place).sort(
    (a, b) => timesMs[a]! - timesMs[b]! || items[a]! - items[b]!,
  );
  return {
    timesMs: Float64Array.from(order, (place) => timesMs[place]!),
    items: Uint32Array.from(order, (place) => items[place]!),
  };
}

/**
 * Counts of the items in a window that ends before a moment. It slides: a move costs the events between the old moment and
 * the new one, in either direction, and the counts do not depend on where it came from.
 */
export class SlidingCounts {
  readonly #timeline: EventTimeline;
  readonly #window: TimelineWindow;
  /** `[items]`, events of the window. */
  readonly counts: Uint32Array;
  /** `[items]`, all events before the moment. */
  readonly before: Uint32Array;
  #start = 0;
  #end = 0;

  constructor(timeline: EventTimeline, window: TimelineWindow, items: number) {
    this.#timeline = timeline;
    this.#window = window;
    this.counts = new Uint32Array(items);
    this.before = new Uint32Array(items);
  }

  /** Moves the window's end to a moment; events at the moment itself are outside. */
  moveTo(nowMs: number): void {
    const { timesMs, items } = this.#timeline;
    const end = firstFrom(timesMs, nowMs);
    const start =
      this.#window.by === 'time'
        ? firstFrom(timesMs, nowMs - this.#window.ms)
        : Math.max(0, end - this.#window.events);
    for (; this.#end < end; this.#end++) this.#count(items[this.#end]!, 1);
    for (; this.#end > end; this.#end--) this.#count(items[this.#end - 1]!, -1);
    for (; this.#start < start; this.#start++) this.counts[items[this.#start]!]!--;
    for (; this.#start > start; this.#start--) this.counts[items[this.#start - 1]!]!++;
  }

  #count(item: number, step: number): void {
    this.counts[item]! += step;
    this.before[item]! += step;
  }
}

/** Place of the first time that is not before a moment. */
function firstFrom(timesMs: Float64Array, moment: number): number {
  let low = 0;
  let high = timesMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (timesMs[middle]! < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
