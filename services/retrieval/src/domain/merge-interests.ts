import { exp } from '@isthmus/learning';
import type { ScanHits } from './exact-scan.js';

/** What one interest found. */
export interface InterestHits {
  /** Logarithm of the interest's posterior probability, at most 0. */
  readonly logProbability: number;
  /** Subtracted from its scores, so that they can be compared with those of other interests; 0 where left out. */
  readonly logNormaliser?: number;
  /** Its hits, best first, each row once. */
  readonly hits: ScanHits;
}

/** How the hits of several interests become one list. */
export interface MergeSettings {
  /** Candidates wanted. */
  readonly k: number;
  /** Weight of the log posterior in the score of an interest's items, at least 0. */
  readonly posteriorWeight: number;
  /**
   * Where given, each interest gets a quota of the `k` places in proportion to its probability to this power, 0 to 1.
   * Undefined: places go by score alone.
   */
  readonly quotaExponent?: number | undefined;
}

/** A candidate with its provenance. */
export interface MergedHit {
  readonly row: number;
  readonly score: number;
  /** Position of the interest that gives the row its score. */
  readonly interest: number;
  /** Rank of the row among the hits of that interest, from 0. */
  readonly rankInInterest: number;
}

/**
 * One list from the lists of several interests (our reconstruction of GemiRec's serving step): the score of a row is the
 * largest of `<u_m, g> - log Z_m + weight * log p_m` over the interests that found it, each row appears once, and the order is by
 * descending score and ascending row. Of interests that give a row the same score, the first one counts.
 *
 * With quotas an interest's best rows fill its places first; places that it cannot fill go to the best of the rest.
 */
export function mergeInterests(interests: readonly InterestHits[], settings: MergeSettings): MergedHit[] {
  const best = bestByRow(interests, settings.posteriorWeight);
  const ranked = [...best.values()].sort(byScore);
  if (settings.quotaExponent === undefined) return ranked.slice(0, settings.k);
  const weights = interests.map(({ logProbability }) => exp(settings.quotaExponent! * logProbability));
  const left = apportion(weights, settings.k);
  const chosen: MergedHit[] = [];
  const rest: MergedHit[] = [];
  for (const hit of ranked) {
    if (left[hit.interest]! > 0) {
      left[hit.interest]!--;
      chosen.push(hit);
    } else rest.push(hit);
  }
  return [...chosen, ...rest.slice(0, settings.k - chosen.length)].sort(byScore);
}

/**
 * Cuts `total` places into whole parts proportional to the weights by the largest remainder (Hamilton's method); equal
 * remainders go by position. The parts sum to `total`.
 */
export function apportion(weights: readonly number[], total: number): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (weights.length === 0) return [];
  const exact = weights.map((weight) => (sum > 0 ? (weight / sum) * total : total / weights.length));
  const parts = exact.map(Math.floor);
  const missing = total - parts.reduce((a, b) => a + b, 0);
  const order = exact
    .map((share, index) => ({ index, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of order.slice(0, missing)) parts[index]!++;
  return parts;
}

function bestByRow(interests: readonly InterestHits[], posteriorWeight: number): Map<number, MergedHit> {
  const best = new Map<number, MergedHit>();
  interests.forEach(({ logProbability, logNormaliser = 0, hits }, interest) => {
    const shift = (posteriorWeight === 0 ? 0 : posteriorWeight * logProbability) - logNormaliser;
    hits.rows.forEach((row, rankInInterest) => {
      const score = hits.scores[rankInInterest]! + shift;
      const known = best.get(row);
      if (known === undefined || score > known.score) best.set(row, { row, score, interest, rankInInterest });
    });
  });
  return best;
}

function byScore(a: MergedHit, b: MergedHit): number {
  return b.score - a.score || a.row - b.row;
}
