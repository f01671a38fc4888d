import type { DictionaryKind, InterestEmbedding } from '../domain/interest-dictionary.js';

/**
 * How a user's history becomes vectors: GemiRec's states (`transformer`), those of the mean of what was taken so far (`mean`),
 * one vector of causal self-attention (`sasrec`), or several interests by attention pooling (`comirec-sa`) or by dynamic routing
 * with a map for each position (`comirec-dr`) or one map for all (`mind`).
 */
export type EncoderName = 'transformer' | 'mean' | 'sasrec' | 'comirec-sa' | 'comirec-dr' | 'mind';

/**
 * Over what the routing weights of an item are normalised: over the interests, as in the code that the papers' authors
 * published, or over the sequence, as in ports of it.
 */
export type RoutingAxis = 'interests' | 'sequence';

/** Sizes of a retrieval model. */
export interface RetrievalShape {
  /** How a user's history becomes vectors. */
  readonly encoder: EncoderName;
  /** Length of item and user vectors. */
  readonly dim: number;
  /** Most history items that are looked at, the last ones. */
  readonly maxLength: number;
  /** Attention heads; divides `dim`. */
  readonly heads: number;
  /** Width of the hidden layers. */
  readonly hidden: number;
  /** Length of a cross-domain representation; 0 where the model takes none. */
  readonly crossDim: number;
  /** Codes of each level of the interest dictionary; empty where the model has no interests. */
  readonly codes: readonly number[];
  /** `residual` where left out. */
  readonly dictionaryKind?: DictionaryKind;
  /** `concat` where left out. */
  readonly interestEmbedding?: InterestEmbedding;
  /** Blocks of self-attention; 1 where left out. */
  readonly layers?: number;
  /** Vectors that an encoder without a dictionary makes of a user; 1 where left out. */
  readonly vectors?: number;
  /** By default `interests`. */
  readonly routingAxis?: RoutingAxis;
}
