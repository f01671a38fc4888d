import { add, attention, concat, gatherRows, linear, mul, type Tensor, tensor } from '@isthmus/kernels';
import type { RetrievalShape } from './retrieval-shape.js';
import type { Dropout, ModelTensors, ParameterShape } from './user-encoder.js';

/**
 * What the vectors of the items among the others of their interest have of their own, `[items, dim]`: such a vector is
 * `h_i = f_i + g_i W`, with the item's own vector g_i, which stands still in it.
 */
export const interestItems = 'interest/items';
/** Map of an item's own vector into that space, `[dim, dim]`. */
export const interestSpace = 'interest/space';

/**
 * Parameters of what tells the items of one interest apart (MIRM in our reconstruction), without {@link interestItems} and {@link interestSpace}; none
 * for a model without interests.
 */
export function interestParameters({ dim, codes }: RetrievalShape): readonly ParameterShape[] {
  const levels = codes.length;
  if (levels === 0) return [];
  return [
    { name: 'interest/start', shape: [1, dim], start: 'small' },
    { name: 'interest/query', shape: [levels * dim, dim], start: 'fan' },
    { name: 'interest/key', shape: [dim, dim], start: 'fan' },
    { name: 'interest/value', shape: [dim, dim], start: 'fan' },
    { name: 'interest/in', shape: [(2 + levels) * dim, 2 * dim], start: 'fan' },
    { name: 'interest/in-bias', shape: [2 * dim], start: 'zeros' },
    { name: 'interest/out', shape: [2 * dim, dim], start: 'zeros' },
  ];
}

/** Histories in the space of {@link interestItems}: a start token and the items, padded at the end. */
export interface InterestTokens {
  readonly users: number;
  /** Items of each padded history. */
  readonly length: number;
  /** Rows of the table, `[users, length]`. */
  readonly rows: Int32Array;
}

/**
 * What an interest attends to, `[users, length + 1, dim]`. Items are multiplied by the root of `dim`, so that from the start a
 * token tells items apart.
 *
 * @param table interest vectors that `rows` points into, `[rows, dim]`
 */
export function interestTokens(
  model: ModelTensors,
  table: Tensor,
  { users, length, rows }: InterestTokens,
  drop: Dropout = (x) => x,
): Tensor {
  const starts = gatherRows(model['interest/start']!, new Int32Array(users), [users, 1]);
  if (length === 0) return starts;
  const items = mul(gatherRows(table, rows, [users, length]), Math.sqrt(table.shape[1] as number));
  return concat([starts, drop(items)], 1);
}

/**
 * What a history says to interests: attention with a query from the embedding of the interest, so that of a history of several
 * matters the events weigh that bear on this one. With `causal` place j of the queries sees the start token and the first j
 * items; otherwise each place is a question of its own about all of a history's `lengths` tokens.
 *
 * @param tokens see {@link interestTokens}, `[users, places, dim]`
 * @param embeddings of the dictionary, `[users, places, levels * dim]`
 * @returns `[users, places, dim]`
 */
export function poolForInterests(
  model: ModelTensors,
  tokens: Tensor,
  embeddings: Tensor,
  seen: { readonly causal: true } | { readonly causal: false; readonly lengths: Int32Array },
): Tensor {
  return attention(
    linear(embeddings, model['interest/query']!),
    linear(tokens, model['interest/key']!),
    linear(tokens, model['interest/value']!),
    { heads: 1, ...seen },
  );
}

/**
 * Queries among the items of an interest: `p + MLP([u ; e_m ; p])`, with the user vector u, the embedding e_m of the interest and
 * what the history says to it, p.
 *
 * @param users `[rows, dim]`
 * @param embeddings `[rows, levels * dim]`
 * @param pooled `[rows, dim]`
 */
export function interestQueries(
  model: ModelTensors,
  users: Tensor,
  embeddings: Tensor,
  pooled: Tensor,
): Tensor {
  const hidden = linear(
    concat([users, embeddings, pooled], 1),
    model['interest/in']!,
    model['interest/in-bias']!,
    'relu',
  );
  return add(pooled, linear(hidden, model['interest/out']!));
}

/** The same values, which no gradient reaches. */
export function standing(x: Tensor): Tensor {
  return tensor(x.dataSync<'float32'>(), x.shape);
}
