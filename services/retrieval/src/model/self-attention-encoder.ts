import { add, attention, concat, gatherRows, layerNorm, linear, mul, type Tensor } from '@isthmus/kernels';
import type { RetrievalShape } from './retrieval-shape.js';
import type { Dropout, ModelTensors, ParameterShape, PrefixBatch, UserEncoder } from './user-encoder.js';
import { statesAt } from './user-state.js';

/**
 * SASRec (Kang and McAuley 2018): learnt positions, blocks of causal self-attention and of a point-wise network, and the last state
 * is the query; items are compared with the vectors that they come in by. Normalisation stands before each part, and a start
 * token before the history, so that a user without one has a state too.
 */
export const selfAttentionEncoder: UserEncoder = { parameters, forward };

function parameters({ dim, hidden, maxLength, layers = 1 }: RetrievalShape): readonly ParameterShape[] {
  const list: [name: string, shape: readonly number[], start: ParameterShape['start']][] = [
    ['start', [1, dim], 'small'],
    ['position', [maxLength + 1, dim], 'small'],
    ['final/gain', [dim], 'ones'],
    ['final/bias', [dim], 'zeros'],
  ];
  for (let layer = 0; layer < layers; layer++) {
    list.push(
      [`block-${layer}/attention/gain`, [dim], 'ones'],
      [`block-${layer}/attention/bias`, [dim], 'zeros'],
      [`block-${layer}/attention/query`, [dim, dim], 'fan'],
      [`block-${layer}/attention/key`, [dim, dim], 'fan'],
      [`block-${layer}/attention/value`, [dim, dim], 'fan'],
      [`block-${layer}/attention/out`, [dim, dim], 'fan'],
      [`block-${layer}/forward/gain`, [dim], 'ones'],
      [`block-${layer}/forward/bias`, [dim], 'zeros'],
      [`block-${layer}/forward/in`, [dim, hidden], 'fan'],
      [`block-${layer}/forward/in-bias`, [hidden], 'zeros'],
      [`block-${layer}/forward/out`, [hidden, dim], 'fan'],
      [`block-${layer}/forward/out-bias`, [dim], 'zeros'],
    );
  }
  return list.map(([name, shape, start]) => ({ name, shape, start }));
}

function forward(
  model: ModelTensors,
  shape: RetrievalShape,
  table: Tensor,
  batch: PrefixBatch,
  drop: Dropout = (x) => x,
): Tensor {
  let x = drop(inputs(model, shape, table, batch));
  for (let layer = 0; layer < (shape.layers ?? 1); layer++) {
    const of = (name: string): Tensor => model[`block-${layer}/${name}`]!;
    x = add(x, drop(attend(of, shape, x)));
    const inner = layerNorm(x, of('forward/gain'), of('forward/bias'));
    const hidden = linear(inner, of('forward/in'), of('forward/in-bias'), 'relu');
    x = add(x, drop(linear(hidden, of('forward/out'), of('forward/out-bias'))));
  }
  const states = statesAt(x, batch.places);
  return layerNorm(states, model['final/gain']!, model['final/bias']!);
}

/** Start token and items, times the root of the width, with their positions: `[users, length + 1, dim]`. */
function inputs(model: ModelTensors, { dim }: RetrievalShape, table: Tensor, batch: PrefixBatch): Tensor {
  const { users, length, rows } = batch;
  const starts = gatherRows(model.start!, new Int32Array(users), [users, 1]);
  const tokens = length > 0 ? concat([starts, gatherRows(table, rows, [users, length])], 1) : starts;
  const places = Int32Array.from({ length: length + 1 }, (_, position) => position);
  return add(mul(tokens, Math.sqrt(dim)), gatherRows(model.position!, places, [1, length + 1]));
}

function attend(of: (name: string) => Tensor, { heads }: RetrievalShape, x: Tensor): Tensor {
  const inner = layerNorm(x, of('attention/gain'), of('attention/bias'));
  const [queries, keys, values] = ['query', 'key', 'value'].map((name) =>
    linear(inner, of(`attention/${name}`)),
  ) as [Tensor, Tensor, Tensor];
  return linear(attention(queries, keys, values, { heads, causal: true }), of('attention/out'));
}
