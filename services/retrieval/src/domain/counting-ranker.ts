import { power, topItems } from '@isthmus/learning';
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
  | {
      readonly kind: 'item-pairs';
      readonly table: SparseItemTable;
      readonly decay: number;
      readonly recency?: PairRecency;
    };

/**
 * What is popular at the moment beside what the pairs say: an item scores `(pairFloor + s) (0.1 + c)^weight`, where s is the
 * score of the pairs and c its events in the window.
 */
export interface PairRecency {
  readonly timeline: EventTimeline;
  readonly window: TimelineWindow;
  readonly weight: number;
  /** Above 0. */
  readonly pairFloor: number;
}

/** What an item counts that had no event in the window. */
const recencyFloor = 0.1;

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
  /** What so many events in the window multiply a score by, as far as it was asked for. */
  readonly #factors: number[] = [];

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
    const moment = momentOf(scorer);
    this.#sliding = moment && new SlidingCounts(moment.timeline, moment.window, items);
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

  #weighByMoment({ weight, pairFloor }: PairRecency, nowMs: number): void {
    const { counts } = this.#sliding!;
    this.#sliding!.moveTo(nowMs);
    for (let place = 0; place < this.#order.length; place++) {
      const count = counts[this.#order[place]!]!;
      let factor = this.#factors[count];
      if (factor === undefined) {
        factor = power(recencyFloor + count, weight);
        this.#factors[count] = factor;
      }
      this.#ranked[place] = (pairFloor + this.#ranked[place]!) * factor;
    }
  }

  #score(history: ArrayLike<number>, nowMs: number): void {
    const order = this.#order;
    const ranked = this.#ranked;
    const scorer = this.#scorer;
    if (scorer.kind === 'item-pairs') {
      this.#scores.fill(0);
      addScores(scorer.table, history, scorer.decay, this.#scores);
      for (let place = 0; place < order.length; place++) ranked[place] = this.#scores[order[place]!]!;
      if (scorer.recency !== undefined) this.#weighByMoment(scorer.recency, nowMs);
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

/** The timeline that a scorer looks at, and its window; undefined where it knows no time. */
export function momentOf(
  scorer: CountingScorer,
): { readonly timeline: EventTimeline; readonly window: TimelineWindow } | undefined {
  if (scorer.kind === 'item-pairs') return scorer.recency;
  return scorer.kind === 'recent-popularity' ? scorer : undefined;
}

const nothing: ReadonlySet<number> = new Set();
