import type { Recommender } from '@isthmus/proof';

import {
  cosine,
  effectiveRank,
  interestCoverage,
  meanListJaccard,
  meanPairwiseCosine,
} from '../metrics/collapse.js';
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
  /** Interests of a user that are no near copy (cosine of 0.95 or more) of one before them. */
  readonly uniqueInterests: number;
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
  const figures = { interests: [], cosine: [], rank: [], jaccard: [], unique: [], coverage: [] } as Record<
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
    figures.unique!.push(uniqueVectors(vectors));
    if (partition !== undefined) {
      const union = lists.flatMap((list) => Array.from(list));
      const grouped = Array.from(user.targets).filter((item) => partition[item]! >= 0);
      figures.coverage!.push(interestCoverage(union, grouped, (item) => partition[item]!));
    }
  }
  return {
    users: users.length,
    interests: meanOfNumbers(figures.interests!),
    meanPairwiseCosine: meanOfNumbers(figures.cosine!),
    effectiveRank: meanOfNumbers(figures.rank!),
    listJaccard: meanOfNumbers(figures.jaccard!),
    uniqueInterests: meanOfNumbers(figures.unique!),
    coverage: meanOfNumbers(figures.coverage!),
  };
}

/** Cosine from which on two vectors count as copies. */
const copyCosine = 0.95;

function uniqueVectors(vectors: readonly Float32Array[]): number {
  const kept: Float32Array[] = [];
  for (const vector of vectors)
    if (kept.every((other) => cosine(vector, other) < copyCosine)) kept.push(vector);
  return kept.length;
}
