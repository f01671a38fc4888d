import type { ScoredTuple } from '../domain/best-first-tuples.js';

/** A user as a retrieval model sees one. */
export interface UserInput {
  /** Rows of the items taken in the target domain, oldest first; only the last ones are looked at. */
  readonly history: ArrayLike<number>;
  /** The representation of the user's other domains; undefined for none. */
  readonly cross?: { readonly vector: Float32Array; readonly gate: number } | undefined;
}

/** How many interests are wanted. */
export interface InterestRequest {
  readonly interests: number;
  /** Most interests that share their first code; 0 for no bound. */
  readonly maxPerTopCode?: number;
  /** Tuples that own items, `[codes_1 * codes_2]`; the model's own items where left out. */
  readonly owned?: Uint8Array;
}

/** A user's interests and what to search with. */
export interface EncodedUser {
  /**
   * Most probable first. With a dictionary the last one has no codes: it stands for all interests that were not asked for, where
   * there are any. A model without a dictionary gives its K vectors, with no codes and probability 1/K each.
   */
  readonly interests: readonly ScoredTuple[];
  /** One query for each interest, `[interests, vectorLength]`: it is for the items of this interest. */
  readonly queries: Float32Array;
  /** Subtracted from the scores of each interest's items, so that those of different interests can be compared. */
  readonly logNormalisers: Float32Array;
}

/**
 * What is said of every item by a model with a dictionary, for one user. The score of an item is
 * `user + interestShare * inside + posteriorWeight * logProbability`: a product of three experts.
 */
export interface ScoreParts {
  /** `<u, g_i>`, `[items]` */
  readonly user: Float32Array;
  /** log P(i | m(i), S), `[items]`; of the interests that were not asked for a uniform guess. */
  readonly inside: Float32Array;
  /** log P(m(i) | S), `[items]`; of the interests that were not asked for that of all of them together. */
  readonly logProbability: Float32Array;
}
