import {
  add,
  concat,
  gatherRows,
  linear,
  matMul,
  reshape,
  softmax,
  type Tensor,
  tanh,
  tensor,
  transpose,
} from '@isthmus/kernels';
import type { RetrievalShape } from './retrieval-shape.js';
import type { Dropout, ModelTensors, ParameterShape, PrefixBatch, UserEncoder } from './user-encoder.js';
import { statesAt } from './user-state.js';

/** Hidden units of the attention for each coordinate of an item, as in ComiRec's code. */
const hiddenPerCoordinate = 4;

/**
 * The interests of ComiRec-SA (Cen et al. 2020, section 3.2): `A = softmax(W2 tanh(W1 (h + p)))` over the items of the prefix, one
 * row for each interest, and `V = A h`, whose items are without positions. A prefix of nothing has vectors of its own.
 */
export const attentionPooling: UserEncoder = {
  parameters,
  forward: (model, shape, table, batch, drop) =>
    statesAt(poolPrefixes(model, shape, table, batch, drop).vectors, batch.places),
};

/** What attention pooling makes of every prefix. */
export interface PooledPrefixes {
  /** The interests after each prefix, `[users, length + 1, vectors * dim]`. */
  readonly vectors: Tensor;
  /**
   * Weights of the items after each prefix of at least one, `[users, vectors, length, length]`: the last axis has the items, the one
   * before it the prefixes. Undefined where nobody has an item.
   */
  readonly weights: Tensor | undefined;
}

/**
 * Pools every prefix at once: an interest's logit of an item depends on nothing but the item and its position, so the prefixes
 * share the logits and differ in how many of them count.
 */
export function poolPrefixes(
  model: ModelTensors,
  { dim, vectors = 1 }: RetrievalShape,
  table: Tensor,
  { users, length, rows }: PrefixBatch,
  drop: Dropout = (x) => x,
): PooledPrefixes {
  const starts = gatherRows(model.start!, new Int32Array(users), [users, 1]);
  if (length === 0) return { vectors: starts, weights: undefined };
  const items = drop(gatherRows(table, rows, [users, length]));
  const places = Int32Array.from({ length }, (_, position) => position);
  const placed = add(items, gatherRows(model.position!, places, [1, length]));
  const logits = linear(tanh(linear(placed, model['pooling/in']!)), model['pooling/out']!);
  const byInterest = reshape(transpose(logits, [0, 2, 1]), [users, vectors, 1, length]);
  const weights = softmax(add(byInterest, laterPlaces(length)));
  const pooled = matMul(reshape(weights, [users, vectors * length, length]), items);
  const byPrefix = transpose(reshape(pooled, [users, vectors, length, dim]), [0, 2, 1, 3]);
  return {
    vectors: concat([starts, reshape(byPrefix, [users, length, vectors * dim])], 1),
    weights,
  };
}

function parameters({ dim, maxLength, vectors = 1 }: RetrievalShape): readonly ParameterShape[] {
  const hidden = hiddenPerCoordinate * dim;
  return [
    { name: 'start', shape: [1, vectors * dim], start: 'small' },
    { name: 'position', shape: [maxLength, dim], start: 'small' },
    { name: 'pooling/in', shape: [dim, hidden], start: 'fan' },
    { name: 'pooling/out', shape: [hidden, vectors], start: 'fan' },
  ];
}

/** -1e9 where an item comes after a prefix, 0 elsewhere: `[1, 1, prefixes, items]`. */
function laterPlaces(length: number): Tensor {
  const mask = new Float32Array(length * length);
  for (let prefix = 0; prefix < length; prefix++)
    mask.fill(-1e9, prefix * length + prefix + 1, (prefix + 1) * length);
  return tensor(mask, [1, 1, length, length]);
}
