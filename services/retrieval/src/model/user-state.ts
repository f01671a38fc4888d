import { add, concat, gatherRows, linear, reshape, slice, type Tensor, tensor } from '@isthmus/kernels';
import type { RetrievalShape } from './retrieval-shape.js';
import type { ModelTensors } from './user-encoder.js';

/**
 * States with what is known from other domains: `s + MLP([direction of z ; gate])`. It joins behind the encoder, so that each
 * prefix of a history has the representation of its own time, and a user without history has the start state and z.
 *
 * @param states `[rows, dim]`
 * @param cross as {@link crossInput} makes it, `[rows, crossDim + 1]`; undefined where the model takes none
 */
export function joinCrossDomain(model: ModelTensors, states: Tensor, cross: Tensor | undefined): Tensor {
  if (cross === undefined) return states;
  const hidden = linear(cross, model['cross/in']!, model['cross/in-bias']!, 'relu');
  return add(states, linear(hidden, model['cross/out']!));
}

/** User vectors without an interest, `[rows, dim]` → `[rows, dim]`. */
export function userVectors(model: ModelTensors, states: Tensor): Tensor {
  return linear(states, model['user/weight']!, model['user/bias']!);
}

/** Queries from user vectors: the last coordinate becomes 1, so that the last coordinate of an item is its popularity. */
export function queryVectors(vectors: Tensor): Tensor {
  const [rows, dim] = vectors.shape as [number, number];
  const ones = tensor(new Float32Array(rows).fill(1), [rows, 1]);
  return concat([slice(vectors, [0, 0], [rows, dim - 1]), ones], 1);
}

/**
 * Logits of a level of the posterior over interests, the chain of MIPDM in our reconstruction:
 * `Head_c(s + sum over earlier levels of G[m])`.
 *
 * @param states `[rows, dim]`
 * @param prefix codes of the earlier levels, `[rows]` each
 * @returns `[rows, codes]`
 */
export function posteriorLogits(model: ModelTensors, states: Tensor, prefix: readonly Int32Array[]): Tensor {
  let informed = states;
  prefix.forEach((codes, level) => {
    informed = add(informed, gatherRows(model[`posterior/chain-${level}`]!, codes));
  });
  const level = prefix.length;
  return linear(informed, model[`posterior/weight-${level}`]!, model[`posterior/bias-${level}`]!);
}

/**
 * Input of {@link joinCrossDomain} from representations `[rows, crossDim]` and gates `[rows]`: the direction of each
 * representation at a root mean square of one half, and its gate. Representation models differ in the length of their vectors
 * by orders of magnitude; what a vector says is its direction, and how much it weighs is the gate. Zero vectors stay zero.
 */
export function crossInput(shape: RetrievalShape, vectors: Float32Array, gates: Float32Array): Float32Array {
  const { crossDim } = shape;
  const rows = gates.length;
  const input = new Float32Array(rows * (crossDim + 1));
  for (let row = 0; row < rows; row++) {
    let squares = 0;
    for (let i = 0; i < crossDim; i++) squares += vectors[row * crossDim + i]! * vectors[row * crossDim + i]!;
    const scale = squares > 0 ? 0.5 * Math.sqrt(crossDim / squares) : 0;
    for (let i = 0; i < crossDim; i++) input[row * (crossDim + 1) + i] = scale * vectors[row * crossDim + i]!;
    input[row * (crossDim + 1) + crossDim] = gates[row]!;
  }
  return input;
}

/** States of chosen places: `states [users, places, dim]`, flat place numbers → `[places.length, dim]`. */
export function statesAt(states: Tensor, places: Int32Array | Tensor): Tensor {
  const dim = states.shape[2] as number;
  return gatherRows(reshape(states, [states.size / dim, dim]), places);
}
