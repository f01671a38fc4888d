import { exp, log1p } from '@isthmus/learning';
import type { EventTimeline } from './event-timeline.js';

/** Moments between two halvings at which popularity is looked at. */
const momentsPerHalving = 8;
/** What an event of this moment weighs inside of the logarithm. */
const scale = 100;

/**
 * What is popular at a time: `log(1 + 100 d)` for each item, d the sum of `2^(-age / half-life)` over its events before. Times are
 * rounded down to moments, eight in a half-life, and the sums go from moment to moment, so they do not depend on what was asked
 * before. A time after the last event is that of the last event: where nothing is counted any more, what was popular stays so. A time
 * before that of the last call starts again from the first event: ask in ascending order.
 */
export class RecentPopularity {
  readonly #timeline: EventTimeline;
  readonly #step: number;
  readonly #weights: Float64Array;
  readonly #logs: Float32Array;
  readonly #kept: number;
  #moment: number;
  #next = 0;
  #isFresh = false;

  /** @param items the timeline's items are below it */
  constructor(timeline: EventTimeline, items: number, halfLifeMs: number) {
    this.#timeline = timeline;
    this.#step = halfLifeMs / momentsPerHalving;
    this.#kept = exp(-Math.LN2 / momentsPerHalving);
    this.#weights = new Float64Array(items);
    this.#logs = new Float32Array(items);
    this.#moment = this.#first;
  }

  /** By item; overwritten by the next call. */
  at(nowMs: number): Float32Array {
    const { timesMs } = this.#timeline;
    if (timesMs.length === 0) return this.#logs;
    const latest = Math.floor(timesMs.at(-1)! / this.#step) + 1;
    const moment = Math.min(latest, Math.floor(nowMs / this.#step));
    if (moment < this.#moment) {
      this.#moment = this.#first;
      this.#next = 0;
      this.#weights.fill(0);
      this.#isFresh = false;
    }
    while (this.#moment < moment) this.#advance();
    if (!this.#isFresh) {
      for (let item = 0; item < this.#logs.length; item++) {
        const weight = this.#weights[item]!;
        this.#logs[item] = weight === 0 ? 0 : log1p(scale * weight);
      }
      this.#isFresh = true;
    }
    return this.#logs;
  }

  get #first(): number {
    return Math.floor((this.#timeline.timesMs[0] ?? 0) / this.#step);
  }

  #advance(): void {
    const { timesMs, items } = this.#timeline;
    for (let item = 0; item < this.#weights.length; item++) this.#weights[item]! *= this.#kept;
    this.#moment++;
    const end = this.#moment * this.#step;
    for (; this.#next < timesMs.length && timesMs[this.#next]! < end; this.#next++)
      this.#weights[items[this.#next]!]! += exp(
        (Math.LN2 * (timesMs[this.#next]! - end)) / (this.#step * momentsPerHalving),
      );
    this.#isFresh = false;
  }
}
