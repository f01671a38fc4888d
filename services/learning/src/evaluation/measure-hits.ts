import { type RankingQuality, rankingFigures, rankingQualityOfRanks } from '../metrics/ranking.js';
import type { EvaluationTargets, EvaluationUser } from '../splits/evaluation-targets.js';
import type { RankedHits } from './ranked-hits.js';

/** What the targets are told apart by. */
export interface TargetClasses {
  /**
   * Group of each item from one frozen partition, -1 for none: recall also for targets whose group is in no item of the
   * history (`novelRecall@k`) and for the others (`knownRecall@k`).
   */
  readonly partition?: ArrayLike<number>;
  /** Training events of each item: recall also for targets with fewer than {@link coldItemEvents} (`coldItemRecall@k`). */
  readonly itemEvents?: ArrayLike<number>;
}

/** Items with fewer training events count as cold. */
export const coldItemEvents = 5;

/**
 * Figures of every user, by name: `recall@k`, `hitRate@k`, `ndcg@k`, `ndcgPeer@k` for each cut-off, and the recalls of the
 * classes, which are NaN for users without such targets.
 */
export function measureHits(
  hits: RankedHits,
  targets: EvaluationTargets,
  options: TargetClasses & { readonly k: readonly number[] },
): Map<string, Float64Array> {
  const { users } = targets;
  if (hits.length !== users.length)
    throw new RangeError(`there are hits of ${hits.length} users for ${users.length} users with targets`);
  const perUser = new Map<string, Float64Array>();
  const put = (figure: string, place: number, value: number) => {
    let values = perUser.get(figure);
    if (values === undefined) {
      values = new Float64Array(users.length).fill(Number.NaN);
      perUser.set(figure, values);
    }
    values[place] = value;
  };
  for (const [place, user] of users.entries()) {
    const pairs = hits[place]!;
    const ranks = ranksOf(pairs);
    for (const k of options.k) {
      const quality: RankingQuality = rankingQualityOfRanks(ranks, user.targets.length, k);
      for (const figure of rankingFigures) put(`${figure}@${k}`, place, quality[figure]);
    }
    for (const [name, isIn] of classesOf(user, options)) {
      const members = Array.from(user.targets, isIn);
      const size = members.filter(Boolean).length;
      const own = ranksOf(pairs, members);
      for (const k of options.k) put(`${name}@${k}`, place, rankingQualityOfRanks(own, size, k).recall);
    }
  }
  return perUser;
}

function ranksOf(pairs: Uint32Array, members?: readonly boolean[]): number[] {
  const ranks: number[] = [];
  for (let i = 0; i < pairs.length; i += 2)
    if (members === undefined || members[pairs[i]!] === true) ranks.push(pairs[i + 1]!);
  return ranks;
}

function classesOf(
  user: EvaluationUser,
  { partition, itemEvents }: TargetClasses,
): readonly (readonly [string, (item: number) => boolean])[] {
  const classes: (readonly [string, (item: number) => boolean])[] = [];
  if (partition !== undefined) {
    const groups = new Set(Array.from(user.excluded, (item) => partition[item]!));
    classes.push(['novelRecall', (item) => partition[item]! >= 0 && !groups.has(partition[item]!)]);
    classes.push(['knownRecall', (item) => partition[item]! >= 0 && groups.has(partition[item]!)]);
  }
  if (itemEvents !== undefined)
    classes.push(['coldItemRecall', (item) => itemEvents[item]! < coldItemEvents]);
  return classes;
}
