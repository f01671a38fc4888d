import { log1p } from '@isthmus/learning';
import type { EventTimeline } from './event-timeline.js';
import { RecentPopularity } from './recent-popularity.js';
import type { SparseItemTable } from './sparse-item-table.js';
import { addScores } from './sparse-scores.js';

/** How much of what was counted is added to the scores of a model. */
export interface PriorWeights {
  /** Weight of the transitions from the latest events of the history. */
  readonly transitions: number;
  /** Weight of what is popular at the time of the request. */
  readonly popularity: number;
}

/** What was counted. */
export interface PriorCounts {
  /** From any row to rows that are ranked; undefined where transitions do not count. */
  readonly table: SparseItemTable | undefined;
  /** Events with rows that are ranked; undefined where the data has no clock, or popularity does not count. */
  readonly timeline: EventTimeline | undefined;
  readonly halfLifeMs: number;
  /** Rows that are ranked, the first ones. */
  readonly targets: number;
}

/** An event of a history that stood behind an item. */
export interface PriorCause {
  /** Position in the history. */
  readonly position: number;
  /** Share of what the transitions say of the item. */
  readonly share: number;
  /** Part of the event's weight that was followed by the item, at most 1. */
  readonly probability: number;
}

/** Latest events of a history that are looked at, and what one weighs beside the next later one. */
const latestEvents = 20;
const decay = 0.5;
/** Makes scores of single transitions comparable with logits. */
const scale = 20;

/**
 * Counting beside a model: to the score of row i are added
 *
 *     transitions · log(1 + 20 Σ_j 0.5^age(j) c(j → i) / sqrt(n_j)) + popularity · log(1 + 100 d_i)
 *
 * over the last 20 events j of the history, c the sequence-rule counts and d the decayed events of {@link RecentPopularity}. What a
 * model has learnt of an item and what was seen to follow the last event are late-fused: each alone finds what the other does not.
 * Holds scratch memory for one request at a time.
 */
export class ItemPrior {
  readonly #counts: PriorCounts;
  readonly #said: Float32Array;
  readonly #popularity: RecentPopularity | undefined;

  constructor(counts: PriorCounts) {
    this.#counts = counts;
    this.#said = new Float32Array(counts.table?.items ?? 0);
    this.#popularity =
      counts.timeline && new RecentPopularity(counts.timeline, counts.targets, counts.halfLifeMs);
  }

  /** Whether there is anything to say of what is popular at a time. */
  get hasClock(): boolean {
    return this.#popularity !== undefined;
  }

  /**
   * What the history says of each row, `[targets]`: the logarithm without its weight. Overwritten by the next call.
   * @param history rows, oldest first
   */
  transitions(history: ArrayLike<number>): Float32Array {
    const { table, targets } = this.#counts;
    this.#said.fill(0);
    if (table === undefined) return new Float32Array(targets);
    addScores(table, latestOf(history), decay, this.#said);
    const said = this.#said.subarray(0, targets);
    for (let row = 0; row < targets; row++) if (said[row]! > 0) said[row] = log1p(scale * said[row]!);
    return said;
  }

  /** What is popular just before a time, by row: the logarithm without its weight. Overwritten by the next call. */
  popularity(nowMs: number): Float32Array {
    return this.#popularity?.at(nowMs) ?? new Float32Array(this.#counts.targets);
  }

  /** What is added to the score of each row, `[targets]`. */
  bonus(weights: PriorWeights, history: ArrayLike<number>, nowMs: number): Float64Array {
    const bonus = new Float64Array(this.#counts.targets);
    if (weights.transitions > 0) addWeighted(bonus, weights.transitions, this.transitions(history));
    if (weights.popularity > 0) addWeighted(bonus, weights.popularity, this.popularity(nowMs));
    return bonus;
  }

  /** The events of a history that lead to a row, strongest first, of equal ones the latest. */
  causes(history: ArrayLike<number>, row: number): PriorCause[] {
    const { table } = this.#counts;
    if (table === undefined || row >= this.#counts.targets) return [];
    const found: { position: number; weight: number; probability: number }[] = [];
    for (let age = 0; age < Math.min(latestEvents, history.length); age++) {
      const position = history.length - 1 - age;
      const source = history[position]!;
      const columns = table.columns.subarray(table.offsets[source]!, table.offsets[source + 1]!);
      const at = columns.indexOf(row);
      if (at < 0) continue;
      const place = table.offsets[source]! + at;
      const events = table.sourceNorms[source]! ** 2;
      const probability = Math.min(1, table.counts[place]! / events);
      found.push({ position, weight: decay ** age * table.weights[place]!, probability });
    }
    const total = found.reduce((sum, { weight }) => sum + weight, 0);
    return found
      .sort((a, b) => b.weight - a.weight || b.position - a.position)
      .map(({ position, weight, probability }) => ({ position, share: weight / total, probability }));
  }
}

function latestOf(history: ArrayLike<number>): ArrayLike<number> {
  return Array.from(history).slice(-latestEvents);
}

function addWeighted(sum: Float64Array, weight: number, values: Float32Array): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += weight * values[i]!;
}
