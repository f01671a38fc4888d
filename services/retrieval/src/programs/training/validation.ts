import { log2, validationCase } from '@isthmus/learning';
import type { UserInput } from '../../model/encoded-user.js';
import type { RetrievalNetwork } from '../../model/retrieval-network.js';
import { bestScores, type ScoreSettings } from './score-users.js';
import type { BatchSource } from './training-batch.js';
import { targetEventsOf } from './training-data.js';

/** A user of the validation part: what is known, and the items that come next. */
export interface ValidationCase {
  readonly user: UserInput;
  /** Catalogue rows, at least one. */
  readonly targets: readonly number[];
  /** Rows that are not ranked. */
  readonly excluded: readonly number[];
  /** When the first of the targets was taken. */
  readonly timestampMs: number;
}

/**
 * Reads the validation part: what was held back of each user is what should be found. Where there is a representation and there are
 * users without target events, each user comes a second time without history, as the newcomers come whom it is there for.
 */
export function readValidation(source: BatchSource): ValidationCase[] {
  const known = Array.from(source.validation, (record) => {
    const { history, targets, timestampMs } = validationCase(source.data, record)!;
    const rows = Array.from(targetEventsOf(source.rowOf, history).rows);
    const wanted = Array.from(targets, (item) => source.rowOf[item]!);
    return {
      user: { history: rows, cross: crossOf(source, record, timestampMs) },
      targets: wanted,
      excluded: [...new Set(rows)].filter((row) => !wanted.includes(row)),
      timestampMs,
    };
  });
  if (source.cross === undefined || !source.newcomers) return known;
  const asNewcomers = known.filter(({ user }) => user.history.length > 0);
  return [...known, ...asNewcomers.map((one) => ({ ...one, user: { history: [], cross: one.user.cross } }))];
}

/** How well the targets of the cases are found, one figure each. */
export interface CaseScores {
  readonly ndcg20: Float64Array;
  readonly recall50: Float64Array;
}

/** Ranks the targets of each case among all items, as serving would. One list of figures for each choice of weights. */
export function scoreCases(
  network: RetrievalNetwork,
  cases: readonly ValidationCase[],
  settings: ScoreSettings,
): CaseScores[] {
  const figures = settings.weights.map(() => ({
    ndcg20: new Float64Array(cases.length),
    recall50: new Float64Array(cases.length),
  }));
  const users = cases.map(({ user }) => user);
  bestScores(network, users, settings, (scores, user, choice) => {
    measureCase(figures[choice]!, user, scores, cases[user]!);
  });
  return figures;
}

/** Writes the figures of a case with these scores of the items. */
export function measureCase(
  figures: CaseScores,
  index: number,
  scores: Float64Array,
  { targets, excluded }: ValidationCase,
): void {
  const ranks = targets.map((target) => rankOf(scores, target, excluded));
  figures.ndcg20[index] = ndcg(ranks, 20);
  figures.recall50[index] = recall(ranks, 50);
}

/** NDCG of the ranks (from 0) of all targets of one user: ideal are the first places. */
export function ndcg(ranks: readonly number[], k: number): number {
  let gain = 0;
  let ideal = 0;
  ranks.forEach((rank, i) => {
    if (rank < k) gain += 1 / log2(rank + 2);
    if (i < k) ideal += 1 / log2(i + 2);
  });
  return gain / ideal;
}

function recall(ranks: readonly number[], k: number): number {
  return ranks.reduce((hits, rank) => hits + (rank < k ? 1 : 0), 0) / ranks.length;
}

/** Rank of an item from 0; equal scores go by ascending row. */
function rankOf(scores: Float64Array, target: number, excluded: readonly number[]): number {
  const own = scores[target]!;
  let rank = 0;
  for (let row = 0; row < target; row++) if (scores[row]! >= own) rank++;
  for (let row = target + 1; row < scores.length; row++) if (scores[row]! > own) rank++;
  for (const row of excluded) if (scores[row]! > own || (scores[row] === own && row < target)) rank--;
  return rank;
}

function crossOf(source: BatchSource, record: number, timeMs: number): UserInput['cross'] {
  if (source.cross === undefined) return undefined;
  const vector = new Float32Array(source.cross.dim);
  const gates = new Float32Array(1);
  source.cross.read(record, timeMs, 0, vector, gates);
  return { vector, gate: gates[0]! };
}
