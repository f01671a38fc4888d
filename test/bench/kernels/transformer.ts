import {
  add,
  attention,
  concat,
  expandDims,
  gatherRows,
  layerNorm,
  linear,
  logSumExp,
  matMul,
  mean,
  mul,
  type ParameterArray,
  reshape,
  slice,
  sub,
  sum,
  type Tensor,
} from '@isthmus/kernels';

/** Size of a transformer over item sequences, with pre-normalised blocks as in SASRec (Kang and McAuley 2018). */
export interface TransformerSize {
  readonly vocabulary: number;
  readonly width: number;
  readonly length: number;
  readonly layers: number;
  readonly heads: number;
}

/** Fixed values for the parameters of a transformer: small random weights, gains of one, biases of zero. */
export function transformerParameters(size: TransformerSize): Record<string, ParameterArray> {
  const { vocabulary, width, length, layers } = size;
  const random = uniform(1);
  const parameters: Record<string, ParameterArray> = {};
  const weights = (name: string, ...shape: number[]) => {
    const count = shape.reduce((total, side) => total * side, 1);
    parameters[name] = { shape, data: Float32Array.from({ length: count }, () => (random() - 0.5) / 5) };
  };
  const constant = (name: string, count: number, value: number) => {
    parameters[name] = { shape: [count], data: new Float32Array(count).fill(value) };
  };
  weights('table', vocabulary, width);
  weights('position', length, width);
  for (let layer = 0; layer < layers; layer++) {
    for (const name of ['query', 'key', 'value', 'out']) weights(`${name}-${layer}`, width, width);
    weights(`in-${layer}`, width, 4 * width);
    weights(`back-${layer}`, 4 * width, width);
    constant(`in-bias-${layer}`, 4 * width, 0);
    constant(`back-bias-${layer}`, width, 0);
    for (const name of ['attention', 'forward']) {
      constant(`${name}-gain-${layer}`, width, 1);
      constant(`${name}-bias-${layer}`, width, 0);
    }
  }
  constant('final-gain', width, 1);
  constant('final-bias', width, 0);
  return parameters;
}

/** States of all places, `[sequences, length, width]`; `length` is at most that of the size. */
export function encode(
  model: Readonly<Record<string, Tensor>>,
  size: TransformerSize,
  items: Int32Array | Tensor,
  sequences: number,
  length: number,
): Tensor {
  const { heads, width } = size;
  const positions = reshape(slice(model.position as Tensor, [0, 0], [length, width]), [1, length, width]);
  let x = add(gatherRows(model.table as Tensor, items, [sequences, length]), positions);
  for (let layer = 0; layer < size.layers; layer++) {
    const of = (name: string): Tensor => model[`${name}-${layer}`] as Tensor;
    const seen = layerNorm(x, of('attention-gain'), of('attention-bias'));
    const [q, k, v] = ['query', 'key', 'value'].map((name) => linear(seen, of(name))) as [
      Tensor,
      Tensor,
      Tensor,
    ];
    x = add(x, linear(attention(q, k, v, { heads, causal: true }), of('out')));
    const inner = layerNorm(x, of('forward-gain'), of('forward-bias'));
    const hidden = linear(inner, of('in'), of('in-bias'), 'relu');
    x = add(x, linear(hidden, of('back'), of('back-bias')));
  }
  return layerNorm(x, model['final-gain'] as Tensor, model['final-bias'] as Tensor);
}

/** Sequences of one length, a target each, and negatives that they share. */
export interface TrainingBatch {
  readonly length: number;
  readonly items: Int32Array;
  readonly targets: Int32Array;
  readonly negatives: Int32Array;
}

/** Sampled softmax of the last state of each sequence: one target against shared negatives, in nats. */
export function lossOf(
  model: Readonly<Record<string, Tensor>>,
  size: TransformerSize,
  batch: TrainingBatch,
): Tensor {
  const sequences = batch.targets.length;
  const states = encode(model, size, batch.items, sequences, batch.length);
  const last = Int32Array.from({ length: sequences }, (_, i) => (i + 1) * batch.length - 1);
  const queries = gatherRows(reshape(states, [sequences * batch.length, size.width]), last);
  const table = model.table as Tensor;
  const positive = sum(mul(queries, gatherRows(table, batch.targets)), -1);
  const negative = matMul(queries, gatherRows(table, batch.negatives), false, true);
  return mean(sub(logSumExp(concat([expandDims(positive, 1), negative], 1)), positive));
}

/** Numbers in [0, 1) from a linear congruential generator. */
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
