import {
  add,
  cast,
  customGrad,
  div,
  expandDims,
  gatherRows,
  less,
  linear,
  matMul,
  mul,
  reshape,
  slice,
  softmax,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
  transpose,
  zeros,
} from '@isthmus/kernels';
import type { RetrievalShape } from './retrieval-shape.js';
import type { Dropout, ModelTensors, ParameterShape, PrefixBatch, UserEncoder } from './user-encoder.js';

/** Rounds of routing; gradients flow through the last one. */
const rounds = 3;
/** Added to the squared length of a capsule before the root is taken. */
const smallest = 1e-9;

/**
 * Interests by dynamic routing between an item's capsules and the interests' (Sabour et al. 2017). ComiRec-DR (Cen et al. 2020,
 * section 3.2) maps an item by a matrix of its position and of the interest, and logits start at zero; MIND (Li et al. 2019,
 * section 3.3) has one matrix for all, and logits start at random. MIND's code draws them anew for each user and call; here they are
 * drawn once for each interest and position, so that a user is answered the same twice.
 *
 * The maps start with a deviation of 1, as in ComiRec's code: squashing takes short capsules to nothing, and small maps of small item
 * vectors learn nothing for long.
 *
 * The batch has one prefix for each of its histories, the whole of what it holds.
 */
export const interestRouting: UserEncoder = { parameters, forward };

function parameters({ encoder, dim, maxLength, vectors = 1 }: RetrievalShape): readonly ParameterShape[] {
  const start: ParameterShape = { name: 'start', shape: [1, vectors * dim], start: 'small' };
  if (encoder === 'mind') {
    return [
      start,
      { name: 'routing/map', shape: [dim, dim], start: 'unit' },
      { name: 'routing/logits', shape: [maxLength, vectors], start: 'unit' },
    ];
  }
  return [start, { name: 'routing/map', shape: [maxLength, dim, vectors * dim], start: 'unit' }];
}

function forward(
  model: ModelTensors,
  shape: RetrievalShape,
  table: Tensor,
  batch: PrefixBatch,
  drop: Dropout = (x) => x,
): Tensor {
  const { users, length, rows, places } = batch;
  const { dim, vectors = 1 } = shape;
  const empty = gatherRows(model.start!, new Int32Array(users));
  if (length === 0) return empty;
  const items = drop(gatherRows(table, rows, [users, length]));
  const known = knownItems(users, length, places);
  const capsules = mapped(model, shape, items);
  const interests = route(capsules, firstLogits(model, shape, users, length), known, shape);
  const isEmpty = sub(1, slice(reshape(known, [users, length]), [0, 0], [users, 1]));
  return add(reshape(interests, [users, vectors * dim]), mul(empty, isEmpty));
}

/** The items' capsules: `[users, vectors, length, dim]`. */
function mapped(model: ModelTensors, { encoder, dim, vectors = 1 }: RetrievalShape, items: Tensor): Tensor {
  const [users, length] = items.shape as [number, number, number];
  const map = model['routing/map']!;
  if (encoder === 'mind') {
    const shared = expandDims(linear(items, map), 1);
    return mul(shared, tensor(new Float32Array(vectors).fill(1), [1, vectors, 1, 1]));
  }
  const places = Int32Array.from({ length }, (_, place) => place);
  const width = vectors * dim;
  const maps = gatherRows(reshape(map, [map.shape[0] as number, dim * width]), places);
  const byPlace = matMul(transpose(items, [1, 0, 2]), reshape(maps, [length, dim, width]));
  return transpose(reshape(byPlace, [length, users, vectors, dim]), [1, 2, 0, 3]);
}

function firstLogits(
  model: ModelTensors,
  { encoder, vectors = 1 }: RetrievalShape,
  users: number,
  length: number,
): Tensor {
  const none = zeros([users, vectors, length]);
  if (encoder !== 'mind') return none;
  const places = Int32Array.from({ length }, (_, place) => place);
  const drawn = transpose(gatherRows(model['routing/logits']!, places), [1, 0]);
  return add(none, expandDims(drawn, 0));
}

/** Routing: `[users, vectors, length, dim]` capsules → `[users, vectors, dim]`. */
function route(capsules: Tensor, first: Tensor, known: Tensor, shape: RetrievalShape): Tensor {
  const weights = standing(capsules, (fixed) => {
    let logits = first;
    for (let round = 1; round < rounds; round++) {
      const interests = combine(mul(routingWeights(logits, shape), known), fixed);
      logits = add(logits, agreement(fixed, interests));
    }
    return mul(routingWeights(logits, shape), known);
  });
  return combine(weights, capsules);
}

/** Interests as the weighted sums of capsules, squashed: `[users, vectors, dim]`. */
function combine(weights: Tensor, capsules: Tensor): Tensor {
  const [users, vectors, length, dim] = capsules.shape as [number, number, number, number];
  const sums = matMul(
    reshape(weights, [users * vectors, 1, length]),
    reshape(capsules, [users * vectors, length, dim]),
  );
  return squash(reshape(sums, [users, vectors, dim]));
}

/** Inner products of capsules and their interest: `[users, vectors, length]`. */
function agreement(capsules: Tensor, interests: Tensor): Tensor {
  const [users, vectors, length, dim] = capsules.shape as [number, number, number, number];
  const products = matMul(
    reshape(capsules, [users * vectors, length, dim]),
    reshape(interests, [users * vectors, dim, 1]),
  );
  return reshape(products, [users, vectors, length]);
}

function routingWeights(logits: Tensor, { routingAxis = 'interests' }: RetrievalShape): Tensor {
  if (routingAxis === 'sequence') return softmax(logits);
  return transpose(softmax(transpose(logits, [0, 2, 1])), [0, 2, 1]);
}

/** `|s|^2 / (1 + |s|^2) * s / |s|` of each capsule. */
function squash(capsules: Tensor): Tensor {
  const squares = sum(square(capsules), -1, true);
  return mul(capsules, div(squares, mul(add(squares, 1), sqrt(add(squares, smallest)))));
}

/** 1 where a place holds an item of its prefix, 0 elsewhere: `[users, 1, length]`. */
function knownItems(users: number, length: number, places: Int32Array | Tensor): Tensor {
  const flat = places instanceof Int32Array ? tensor(places, [users], 'int32') : places;
  const before = Float32Array.from({ length: users }, (_, user) => user * (length + 1));
  const taken = sub(cast(flat, 'float32'), tensor(before, [users]));
  const place = Float32Array.from({ length }, (_, i) => i);
  return cast(less(tensor(place, [1, 1, length]), reshape(taken, [users, 1, 1])), 'float32');
}

/** What is computed from a tensor without a gradient to it. */
function standing(x: Tensor, compute: (x: Tensor) => Tensor): Tensor {
  const operation = customGrad((input) => ({
    value: compute(input as Tensor),
    gradFunc: () => zeros(x.shape),
  }));
  return operation(x);
}
