import type { Recommender, RecommendRequest } from '@isthmus/proof';

import type { EvaluationTargets } from '../splits/evaluation-targets.js';
import { measureHits, type TargetClasses } from './measure-hits.js';
import { findHits, type RankedHits } from './ranked-hits.js';

/** Figures of a recommender, user by user. */
export interface RecommenderEvaluation {
  /** Name of the targets. */
  readonly name: string;
  /** Record of each evaluated user; the arrays of `perUser` stand in this order. */
  readonly records: Uint32Array;
  /**
   * By name of the figure, see `measureHits`; NaN where a user has no targets of the kind.
   */
  readonly perUser: ReadonlyMap<string, Float64Array>;
  /** Means over the users with a figure, by the same names. */
  readonly mean: { readonly [figure: string]: number };
}

/** How to evaluate. */
export interface RecommenderEvaluationOptions extends TargetClasses {
  /** Cut-offs, for example [10, 20, 50]. */
  readonly k: readonly number[];
  /** Whether items of the history are left out of the ranking ("masked"), by default true. */
  readonly masked?: boolean;
}

/** Ranks the whole catalogue for every user and measures the lists. */
export function evaluateRecommender(
  recommender: Recommender,
  targets: EvaluationTargets,
  options: RecommenderEvaluationOptions,
): RecommenderEvaluation {
  const { k, masked = true } = options;
  const hits = findHits(recommendedLists(recommender, targets, { k: Math.max(...k), masked }), targets);
  return evaluationOfHits(hits, targets, options);
}

/** Figures of lists that are known by their hits. */
export function evaluationOfHits(
  hits: RankedHits,
  targets: EvaluationTargets,
  options: TargetClasses & { readonly k: readonly number[] },
): RecommenderEvaluation {
  const perUser = measureHits(hits, targets, options);
  return {
    name: targets.name,
    records: Uint32Array.from(targets.users, (user) => user.record),
    perUser,
    mean: Object.fromEntries([...perUser].map(([figure, values]) => [figure, meanOfNumbers(values)])),
  };
}

/** Users that are asked for at once. */
const batchUsers = 128;

/** Place of each user among the targets, and the list for this user, asked for just before the first target was taken. */
export function* recommendedLists(
  recommender: Recommender,
  targets: EvaluationTargets,
  options: { readonly k: number; readonly masked: boolean },
): Generator<readonly [number, Uint32Array]> {
  const { users } = targets;
  for (let start = 0; start < users.length; start += batchUsers) {
    const requests = users.slice(start, start + batchUsers).map(
      (user): RecommendRequest => ({
        record: user.record,
        excluded: new Set(options.masked ? user.excluded : []),
        timestampMs: user.targetTimestampsMs.reduce(
          (least, time) => Math.min(least, time),
          Number.POSITIVE_INFINITY,
        ),
      }),
    );
    const lists =
      recommender.recommendMany?.(requests, options.k) ??
      requests.map(({ record, excluded }) => recommender.recommend(record, options.k, excluded));
    if (lists.length !== requests.length)
      throw new Error(`the recommender gave ${lists.length} lists for ${requests.length} users`);
    for (const [index, list] of lists.entries()) yield [start + index, list];
  }
}

/** Mean of the entries that are numbers; NaN where there is none. */
export function meanOfNumbers(values: ArrayLike<number>): number {
  let sum = 0;
  let count = 0;
  for (let index = 0; index < values.length; index++) {
    if (Number.isNaN(values[index]!)) continue;
    sum += values[index]!;
    count++;
  }
  return count > 0 ? sum / count : Number.NaN;
}
