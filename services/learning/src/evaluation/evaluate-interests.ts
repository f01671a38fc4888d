import type { Recommender } from '@isthmus/proof';

import { effectiveRank, interestCoverage, meanListJaccard, meanPairwiseCosine } from '../metrics/collapse.js';
import type { EvaluationTargets } from '../splits/evaluation-targets.js';
import { meanOfNumbers } from './evaluate-recommender.js';

/** Health of several interests, means over users. */
export interface InterestHealth {
  /** Users that were looked at. */
  readonly users: number;
  /** Interests of a user. */
  readonly interests: number;
  /** 1 where all query vectors of a user point one way. */
  readonly meanPairwiseCosine: number;
  /** From 1 to the number of interests. */
  readonly effectiveRank: number;
  /** 1 where all lists of a user are the same. */
  readonly listJaccard: number;
  /** Share of the groups of a user's targets that the lists touch; NaN without a partition. */
  readonly coverage: number;
}

/**
 * Measures whether a multi-interest recommender's interests differ.
 * @returns undefined where the recommender has a single vector
 */
export function evaluateInterests(
  recommender: Recommender,
  targets: EvaluationTargets,
  options: { readonly k: number; readonly maximumUsers?: number; readonly partition?: ArrayLike<number> },
): InterestHealth | undefined {
  const { k, maximumUsers = 1_000, partition } = options;
  if (recommender.interests === undefined) return undefined;
  const figures = { interests: [], cosine: [], rank: [], jaccard: [], coverage: [] } as Record<
    string,
    number[]
  >;
  const users = targets.users.slice(0, maximumUsers);
  for (const user of users) {
    const { vectors, lists } = recommender.interests(user.record, k);
    figures.interests!.push(vectors.length);
    figures.cosine!.push(meanPairwiseCosine(vectors));
    figures.rank!.push(effectiveRank(vectors));
    figures.jaccard!.push(meanListJaccard(lists));
    if (partition !== undefined) {
      const union = lists.flatMap((list) => Array.from(list));
      figures.coverage!.push(interestCoverage(union, user.targets, (item) => partition[item]!));
    }
  }
  return {
    users: users.length,
    interests: meanOfNumbers(figures.interests!),
    meanPairwiseCosine: meanOfNumbers(figures.cosine!),
    effectiveRank: meanOfNumbers(figures.rank!),
    listJaccard: meanOfNumbers(figures.jaccard!),
    coverage: meanOfNumbers(figures.coverage!),
  };
}
