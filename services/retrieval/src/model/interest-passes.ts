import { concat, expandDims, gatherRows, reshape, slice, type Tensor, tensor, zeros } from '@isthmus/kernels';
import type { ScoredTuple } from '../domain/best-first-tuples.js';
import { type InterestDictionary, writeInterestEmbedding } from '../domain/interest-dictionary.js';
import { interestQueries, interestTokens, poolForInterests } from './interest-tower.js';
import type { ModelTensors } from './user-encoder.js';
import { statesAt } from './user-state.js';

/** Histories of several users, padded at the end. */
export interface PaddedHistories {
  /** Rows of the items, `[users, length]`. */
  readonly rows: Int32Array;
  readonly length: number;
  /** How many items of each history count. */
  readonly lengths: readonly number[];
}

/** Users of one pass and their interests. */
export interface InterestQuestion extends PaddedHistories {
  /** User vectors, `[users, dim]`. */
  readonly vectors: Tensor;
  readonly interests: readonly (readonly ScoredTuple[])[];
}

/**
 * Queries of all interests of all users among the items of each, one user's after the other's, `[interests, dim]`.
 *
 * @param table vectors of the items among those of their interest, `[items, dim]`
 */
export function queriesOfInterests(
  model: ModelTensors,
  dictionary: InterestDictionary,
  table: Tensor,
  question: InterestQuestion,
): Tensor {
  const { rows, length, lengths, vectors, interests } = question;
  const users = lengths.length;
  const width = dictionary.codebooks.length * dictionary.dim;
  const most = Math.max(...interests.map((list) => list.length));
  const places = Math.max(most, length + 1);
  const embeddings = new Float32Array(users * places * width);
  const wanted: number[] = [];
  interests.forEach((list, user) => {
    list.forEach(({ codes }, k) => {
      wanted.push(user * places + k);
      writeInterestEmbedding(dictionary, codes, embeddings, (user * places + k) * width);
    });
  });
  const asked = tensor(embeddings, [users, places, width]);
  const tokens = padded(interestTokens(model, table, { users, length, rows }), places);
  const seen = { causal: false, lengths: Int32Array.from(lengths, (taken) => taken + 1) } as const;
  const chosen = Int32Array.from(wanted);
  const pooled = statesAt(poolForInterests(model, tokens, asked, seen), chosen);
  const owners = chosen.map((place) => Math.floor(place / places));
  const flat = gatherRows(reshape(asked, [users * places, width]), chosen);
  return interestQueries(model, statesAt(expandDims(vectors, 1), owners), flat, pooled);
}

function padded(tokens: Tensor, places: number): Tensor {
  const [users, length, dim] = tokens.shape as [number, number, number];
  if (length === places) return tokens;
  if (length > places) return slice(tokens, [0, 0, 0], [users, places, dim]);
  return concat([tokens, zeros([users, places - length, dim])], 1);
}
