import type { DictionaryKind, InterestEmbedding } from '../domain/interest-dictionary.js';

/** How a user's history becomes vectors: a causal transformer's states, or those of the mean of what was taken so far. */
export type EncoderName = 'transformer' | 'mean';

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
}
