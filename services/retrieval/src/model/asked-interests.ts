import { exp, log } from '@isthmus/learning';
import type { ScoredTuple } from '../domain/best-first-tuples.js';
import type { EncodedUser, ScoreParts } from './encoded-user.js';
import type { InsideScores } from './inside-scorer.js';

/** Interests that a user was asked about, and what each says of its items. */
export interface AskedInterests {
  readonly interests: readonly ScoredTuple[];
  /** `[interests, dim]` */
  readonly queries: Float32Array;
  readonly inside: readonly InsideScores[];
  /** All other interests: their items, the log of their number, and the log of their probability. */
  readonly rest: { readonly items: number; readonly logItems: number; readonly logProbability: number };
}

/** Least probability of the interests that were not asked for: a posterior that is sure is not to be believed altogether. */
const leastRest = 1e-6;

/**
 * Interests with what is left for all others.
 *
 * @param queries of the interests among their items, `[interests, dim]`
 * @param items of the model
 */
export function askedInterests(
  interests: readonly ScoredTuple[],
  queries: Float32Array,
  inside: readonly InsideScores[],
  items: number,
): AskedInterests {
  const named = interests.reduce((sum, { logProbability }) => sum + exp(logProbability), 0);
  const left = items - inside.reduce((sum, { rows }) => sum + rows.length, 0);
  const rest = {
    items: left,
    logItems: log(Math.max(1, left)),
    logProbability: log(Math.max(leastRest, 1 - named)),
  };
  return { interests, queries, inside, rest };
}

/**
 * Queries for the concatenated vectors of items, `[u ; interestShare q_m]`, and `[u ; 0]` for all other interests.
 *
 * @param user the user vector, `[dim]`
 */
export function encodedUserOf(
  { interests, queries, inside, rest }: AskedInterests,
  user: Float32Array,
  interestShare: number,
): EncodedUser {
  const dim = user.length;
  const withRest = rest.items > 0;
  const all = withRest ? [...interests, { codes: [], logProbability: rest.logProbability }] : interests;
  const joined = new Float32Array(all.length * 2 * dim);
  all.forEach((_, k) => {
    joined.set(user, 2 * k * dim);
    if (k === interests.length) return;
    for (let i = 0; i < dim; i++) joined[(2 * k + 1) * dim + i] = interestShare * queries[k * dim + i]!;
  });
  const logNormalisers = inside.map(({ logNormaliser }) => interestShare * logNormaliser);
  if (withRest) logNormalisers.push(interestShare * rest.logItems);
  return { interests: all, queries: joined, logNormalisers: Float32Array.from(logNormalisers) };
}

/**
 * What is said of every item.
 *
 * @param user scores of the user vector, `[items]`
 */
export function scorePartsOf({ interests, inside, rest }: AskedInterests, user: Float32Array): ScoreParts {
  const parts = {
    user,
    inside: new Float32Array(user.length).fill(-rest.logItems),
    logProbability: new Float32Array(user.length).fill(rest.logProbability),
  };
  interests.forEach(({ logProbability }, k) => {
    const { rows, scores, logNormaliser } = inside[k]!;
    rows.forEach((row, i) => {
      parts.inside[row] = scores[i]! - logNormaliser;
      parts.logProbability[row] = logProbability;
    });
  });
  return parts;
}
