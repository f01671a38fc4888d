import { log2 } from '../arithmetic/log.js';

/** Quality of one list for one user, each 0 to 1. */
export interface RankingQuality {
  /** Hits over the number of targets. */
  readonly recall: number;
  /** 1 with at least one hit, otherwise 0. */
  readonly hitRate: number;
  /** Discounted gain over that of an ideal list, which has min(targets, n) hits: the textbook's NDCG. */
  readonly ndcg: number;
  /**
   * Discounted gain over that of the same hits at the top: ComiRec's code (Cen et al. 2020) and its followers. Never
   * below `ndcg`, and not to be compared with it.
   */
  readonly ndcgPeer: number;
}

/**
 * Measures the first `n` entries of a list.
 *
 * @param list item indices, best first, without repetition; it may be shorter than `n`
 * @param targets items that the user took; with none, every figure is NaN
 */
export function rankingQuality(
  list: ArrayLike<number>,
  targets: ReadonlySet<number>,
  n: number,
): RankingQuality {
  const ranks: number[] = [];
  const length = Math.min(n, list.length);
  for (let rank = 0; rank < length; rank++) if (targets.has(list[rank]!)) ranks.push(rank);
  return rankingQualityOfRanks(ranks, targets.size, n);
}

/** Names of the figures. */
export const rankingFigures: readonly (keyof RankingQuality)[] = ['recall', 'hitRate', 'ndcg', 'ndcgPeer'];

/**
 * The same from the ranks of the hits.
 * @param ranks ascending, from 0; those from `n` on do not count
 * @param targets number of items that the user took; with none, every figure is NaN
 */
export function rankingQualityOfRanks(ranks: readonly number[], targets: number, n: number): RankingQuality {
  if (targets === 0)
    return { recall: Number.NaN, hitRate: Number.NaN, ndcg: Number.NaN, ndcgPeer: Number.NaN };
  let hits = 0;
  let gain = 0;
  for (const rank of ranks) {
    if (rank >= n) break;
    hits++;
    gain += discount(rank);
  }
  return {
    recall: hits / targets,
    hitRate: hits > 0 ? 1 : 0,
    ndcg: gain / idealGain(Math.min(targets, n)),
    ndcgPeer: hits > 0 ? gain / idealGain(hits) : 0,
  };
}

/** 1 / log2(rank + 2) for a rank counted from 0. */
function discount(rank: number): number {
  return 1 / log2(rank + 2);
}

function idealGain(hits: number): number {
  let sum = 0;
  for (let rank = 0; rank < hits; rank++) sum += discount(rank);
  return sum;
}
