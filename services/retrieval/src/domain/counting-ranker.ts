import { topItems } from '@isthmus/learning';
import { type EventTimeline, SlidingCounts, type TimelineWindow } from './event-timeline.js';
import type { SparseItemTable } from './sparse-item-table.js';
import { addScores } from './sparse-scores.js';

/** What counting knows of a catalogue, and how it ranks by it. */
export interface CountedItems {
  /** Items that are ranked, ascending. */
  readonly targets: Uint32Array;
  /** `[items]`, training events in the target domain. */
  readonly popularity: Uint32Array;
  readonly scorer: CountingScorer;
}

/** What an item's score is. */
export type CountingScorer =
  /** Its training events, the same for everybody. */
  | { readonly kind: 'popularity' }
  /** Its training events in a window before the moment of the request; of equal ones, all events before that moment. */
  | {
      readonly kind: 'recent-popularity';
      readonly timeline: EventTimeline;
      readonly window: TimelineWindow;
    }
  /** What the items of the history say of it, see `addScores`. */
  | { readonly kind: 'item-pairs'; readonly table: SparseItemTable; readonly decay: number };

/** A request for a ranked list. */
export interface CountingRequest {
  /** Items, oldest first. */
  readonly history: ArrayLike<number>;
  /** Unix time in milliseconds; what is counted by time ends before it. */
  readonly nowMs: number;
  /** Items that are left out. */
  readonly excluded: Iterable<number>;
}

/** Items and their scores, best first. */
export interface RankedItems {
  readonly items: Uint32Array;
  readonly scores: Float64Array;
}

/**
 * Ranks the items of the target domain. Equal scores go by popularity and then by the lowest index, so whoever has no
 * score is ranked by popularity. A window before the moment of the request must not know what was popular later: there,
 * equal scores go by the index alone. Holds scratch memory for one request at a time.
 */
export class CountingRanker {
  readonly #scorer: CountingScorer;
  /** Targets in the order in which equal scores stand, and the place of each item there. */
  readonly #order: Uint32Array;
  readonly #placeOf: Int32Array;
  readonly #sliding: SlidingCounts | undefined;
  readonly #popularity: Uint32Array;
  readonly #scores: Float32Array;
  /** Scores in the order of the places. */
  readonly #ranked: Float64Array;

  constructor({ targets, popularity, scorer }: CountedItems) {
    const items = popularity.length;
    this.#scorer = scorer;
    this.#popularity = popularity;
    this.#order =
      scorer.kind === 'recent-popularity'
        ? targets
        : targets.slice().sort((a, b) => popularity[b]! - popularity[a]! || a - b);
    this.#placeOf = new Int32Array(items).fill(-1);
    this.#order.forEach((item, place) => {
      this.#placeOf[item] = place;
    });
    this.#sliding =
      scorer.kind === 'recent-popularity'
        ? new SlidingCounts(scorer.timeline, scorer.window, items)
        : undefined;
    this.#scores = new Float32Array(items);
    this.#ranked = new Float64Array(targets.length);
  }

  /** The best `k` items for one request. */
  rank({ history, nowMs, excluded }: CountingRequest, k: number): RankedItems {
    this.#score(history, nowMs);
    for (const item of excluded) {
      const place = this.#placeOf[item] ?? -1;
      if (place >= 0) this.#ranked[place] = Number.NEGATIVE_INFINITY;
    }
    const places = topItems(this.#ranked, k, nothing);
    return {
      items: Uint32Array.from(places, (place) => this.#order[place]!),
      scores: Float64Array.from(places, (place) => this.#ranked[place]!),
    };
  }

  #score(history: ArrayLike<number>, nowMs: number): void {
    const order = this.#order;
    const ranked = this.#ranked;
    const scorer = this.#scorer;
    if (scorer.kind === 'item-pairs') {
      this.#scores.fill(0);
      addScores(scorer.table, history, scorer.decay, this.#scores);
      for (let place = 0; place < order.length; place++) ranked[place] = this.#scores[order[place]!]!;
    } else if (scorer.kind === 'recent-popularity') {
      const { counts, before } = this.#sliding!;
      this.#sliding!.moveTo(nowMs);
      const share = 1 / (scorer.timeline.items.length + 1);
      for (let place = 0; place < order.length; place++) {
        const item = order[place]!;
        ranked[place] = counts[item]! + before[item]! * share;
      }
    } else {
      for (let place = 0; place < order.length; place++) ranked[place] = this.#popularity[order[place]!]!;
    }
  }
}

const nothing: ReadonlySet<number> = new Set();
