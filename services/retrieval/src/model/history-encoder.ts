import {
  add,
  attention,
  concat,
  gatherRows,
  layerNorm,
  linear,
  matMul,
  mul,
  reshape,
  type Tensor,
  tensor,
  transpose,
} from '@isthmus/kernels';
import type { RetrievalShape } from './retrieval-shape.js';
import type { Dropout, HistoryBatch, ModelTensors } from './user-encoder.js';

/**
 * State of a user after each prefix of the history: position j has seen the start token and the first j items, and
 * nothing later.
 *
 * @param table vectors that `batch.rows` points into, `[rows, dim]`
 * @returns `[users, length + 1, dim]`
 */
export function encodeHistories(
  model: ModelTensors,
  shape: RetrievalShape,
  table: Tensor,
  batch: HistoryBatch,
  drop: Dropout = same,
): Tensor {
  const sequence = drop(tokens(model, table, batch));
  const mean = runningMean(sequence);
  // The transformer has the mean beside it, so that it need not learn what a mean knows.
  const mixed =
    shape.encoder === 'transformer'
      ? add(attend(model, shape, withPositions(model, sequence)), linear(mean, model['pool/weight']!))
      : mean;
  const inner = layerNorm(mixed, model['forward/gain']!, model['forward/bias']!);
  const hidden = linear(inner, model['forward/in']!, model['forward/in-bias']!, 'relu');
  const out = linear(hidden, model['forward/out']!, model['forward/out-bias']!);
  return layerNorm(add(mixed, drop(out)), model['final/gain']!, model['final/bias']!);
}

/**
 * Start token and items with their codes, `[users, length + 1, dim]`. Items are multiplied by the root of `dim`, as in SASRec (Kang
 * and McAuley 2018): what the residual path carries then tells items apart from the start.
 */
function tokens(model: ModelTensors, table: Tensor, batch: HistoryBatch): Tensor {
  const { users, length, rows, codes, shifts } = batch;
  const starts = gatherRows(model.start!, new Int32Array(users), [users, 1]);
  let sequence = starts;
  if (length > 0) {
    let items = gatherRows(table, rows, [users, length]);
    if (shifts !== undefined) items = add(items, shifts);
    codes.forEach((codesOfLevel, level) => {
      items = add(items, gatherRows(model[`token/code-${level}`]!, codesOfLevel, [users, length]));
    });
    sequence = concat([starts, mul(items, Math.sqrt(items.shape[2] as number))], 1);
  }
  return sequence;
}

function withPositions(model: ModelTensors, sequence: Tensor): Tensor {
  const places = Int32Array.from({ length: sequence.shape[1] as number }, (_, position) => position);
  return add(sequence, gatherRows(model.position!, places, [1, places.length]));
}

/** One pre-normalised block of causal self-attention with its residual. */
function attend(model: ModelTensors, shape: RetrievalShape, x: Tensor): Tensor {
  const inner = layerNorm(x, model['attention/gain']!, model['attention/bias']!);
  const [queries, keys, values] = ['query', 'key', 'value'].map((name) =>
    linear(inner, model[`attention/${name}`]!),
  ) as [Tensor, Tensor, Tensor];
  const mixed = attention(queries, keys, values, { heads: shape.heads, causal: true });
  return add(x, linear(mixed, model['attention/out']!));
}

/** Mean of each prefix: `[users, places, dim]`. */
function runningMean(x: Tensor): Tensor {
  const [users, places, dim] = x.shape as [number, number, number];
  const weights = new Float32Array(places * places);
  for (let i = 0; i < places; i++) weights.fill(1 / (i + 1), i * places, i * places + i + 1);
  const byPlace = reshape(transpose(x, [1, 0, 2]), [places, users * dim]);
  const means = matMul(tensor(weights, [places, places]), byPlace);
  return transpose(reshape(means, [places, users, dim]), [1, 0, 2]);
}

function same(x: Tensor): Tensor {
  return x;
}
