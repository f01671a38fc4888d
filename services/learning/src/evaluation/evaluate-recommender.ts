import type { Recommender, RecommendRequest } from '@isthmus/proof';

import { type RankingQuality, rankingQuality } from '../metrics/ranking.js';
import type { EvaluationTargets, EvaluationUser } from '../splits/evaluation-targets.js';

/** Figures of a recommender, user by user. */
export interface RecommenderEvaluation {
  /** Name of the targets. */
  readonly name: string;
  /** Record of each evaluated user; the arrays of `perUser` stand in this order. */
  readonly records: Uint32Array;
  /**
   * By name of the figure: `recall@k`, `hitRate@k`, `ndcg@k`, `ndcgPeer@k`; with a partition also `novelRecall@k` and
   * `knownRecall@k`, NaN for users without such targets.
   */
  readonly perUser: ReadonlyMap<string, Float64Array>;
  /** Means over the users with a figure, by the same names. */
  readonly mean: { readonly [figure: string]: number };
}

/** How to evaluate. */
export interface RecommenderEvaluationOptions {
  /** Cut-offs, for example [10, 20, 50]. */
  readonly k: readonly number[];
  /** Whether items of the history are left out of the ranking ("masked"), by default true. */
  readonly masked?: boolean;
  /** Group of each item, from one frozen partition: splits recall by whether the target's group is in the history. */
  readonly partition?: ArrayLike<number>;
}

/** Ranks the whole catalogue for every user and measures the lists. */
export function evaluateRecommender(
  recommender: Recommender,
  targets: EvaluationTargets,
  options: RecommenderEvaluationOptions,
): RecommenderEvaluation {
  const { k, masked = true, partition } = options;
  const longest = Math.max(...k);
  const perUser = new Map<string, Float64Array>();
  const put = (figure: string, place: number, value: number) => {
    let values = perUser.get(figure);
    if (values === undefined) {
      values = new Float64Array(targets.users.length).fill(Number.NaN);
      perUser.set(figure, values);
    }
    values[place] = value;
  };
  for (const [place, list] of recommendedLists(recommender, targets, { k: longest, masked })) {
    const user = targets.users[place]!;
    const wanted = new Set(user.targets);
    const [novel, known] = partition === undefined ? [] : byNovelty(user, partition);
    for (const cutoff of k) {
      const quality = rankingQuality(list, wanted, cutoff);
      for (const figure of figures) put(`${figure}@${cutoff}`, place, quality[figure]);
      if (novel !== undefined && known !== undefined) {
        put(`novelRecall@${cutoff}`, place, rankingQuality(list, novel, cutoff).recall);
        put(`knownRecall@${cutoff}`, place, rankingQuality(list, known, cutoff).recall);
      }
    }
  }
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

const figures: readonly (keyof RankingQuality)[] = ['recall', 'hitRate', 'ndcg', 'ndcgPeer'];

/** Targets whose group is absent from the history, and the others. */
function byNovelty(
  user: EvaluationUser,
  partition: ArrayLike<number>,
): readonly [ReadonlySet<number>, ReadonlySet<number>] {
  const groups = new Set(Array.from(user.excluded, (item) => partition[item]!));
  const isKnown = (item: number) => groups.has(partition[item]!);
  const targets = Array.from(user.targets);
  return [new Set(targets.filter((item) => !isKnown(item))), new Set(targets.filter(isKnown))];
}
