import {
  add,
  crossEntropy,
  gatherRows,
  matMul,
  mean,
  mul,
  type Objective,
  type Tensor,
  tensor,
} from '@isthmus/kernels';
import { encoderOf } from '../../model/encoders.js';
import type { RetrievalShape } from '../../model/retrieval-shape.js';
import type { ModelTensors } from '../../model/user-encoder.js';
import {
  crossInput,
  joinCrossDomain,
  posteriorLogits,
  queryVectors,
  userVectors,
} from '../../model/user-state.js';
import { spaceWeight } from '../training/item-vectors.js';
import type { Negatives } from '../training/negatives.js';
import type { LossPass } from '../training/retrieval-design.js';
import { sampledSoftmax } from '../training/sampled-softmax.js';
import type { TrainingBatch } from '../training/training-batch.js';
import type { StepInterests } from './step-interests.js';

/** What a step's loss is about. */
export interface GemirecStep {
  readonly shape: RetrievalShape;
  readonly batch: TrainingBatch;
  readonly negatives: Negatives;
  /** Where the representation places items; undefined where the run has none. */
  readonly placement: StepPlacement | undefined;
  /** Interests of the targets; undefined while there is no dictionary. */
  readonly interests: StepInterests | undefined;
  /** Weight of the posterior's loss. */
  readonly posteriorLoss: number;
}

/** What the representation says of the items of a step. */
export interface StepPlacement {
  /** Places of the items of the small table, `[items of the step, crossDim]`. */
  places(rows: Uint32Array): Float32Array;
  /** See `ownShifts`, `[rows, crossDim]`. */
  readonly shifts: Float32Array;
}

/**
 * Loss of a step in our reconstruction, the sum of
 *
 * - sampled softmax of the plain user vectors, which trains the items, the encoder and what joins other domains;
 * - sampled softmax of MIRM's queries with the interest of the target. User vectors and items stand still in it: it trains
 *   the fusion only, because a query that is told its target's interest otherwise learns to need the telling;
 * - `posteriorLoss` times the cross-entropy of MIPDM's chain for the codes of a coming item.
 */
export function gemirecLoss(step: GemirecStep, pass: LossPass): Objective<'retrieval' | 'posterior'> {
  const { batch, shape, interests } = step;
  const { model, at } = pass;
  const { table, shifts } = placedItems(step, pass);
  const histories = {
    users: batch.users,
    length: batch.length,
    rows: at(batch.histories),
    codes: interests?.historyCodes ?? [],
    shifts: shifts && gatherRows(shifts, batch.rowOfPlace, [batch.users, batch.length]),
    places: batch.places,
  };
  const encoded = encoderOf(shape).forward(model, shape, table, histories, pass.drop);
  const states = withCross(model, shape, batch, encoded);
  const vectors = userVectors(model, states);
  const targets = at(batch.targets);
  const found = gatherRows(table, targets);
  const positives = shifts === undefined ? found : add(found, shifts);
  const plain = sampledSoftmax(queryVectors(model, vectors, undefined), table, positives, step.negatives, at);
  if (interests === undefined)
    return { value: plain, outputs: { retrieval: plain, posterior: mul(plain, 0) } };
  const embeddings = tensor(interests.embeddings, [targets.length, shape.codes.length * shape.dim]);
  const queries = queryVectors(model, standing(vectors), embeddings);
  const fused = sampledSoftmax(queries, standing(table), standing(positives), interests.negatives, at);
  const posterior = chainLoss(model, states, interests.futureCodes);
  const value = add(add(plain, fused), mul(posterior, step.posteriorLoss));
  return { value, outputs: { retrieval: plain, posterior } };
}

/** Vectors of the step's items, see `itemVectorsOf`, and what to add to those of a user's own items, `[rows, dim]`. */
function placedItems(
  { placement, shape }: GemirecStep,
  { model, table, rows }: LossPass,
): { readonly table: Tensor; readonly shifts: Tensor | undefined } {
  if (placement === undefined) return { table, shifts: undefined };
  const { crossDim } = shape;
  const mapped = (values: Float32Array): Tensor =>
    matMul(tensor(values, [values.length / crossDim, crossDim]), model[spaceWeight]!);
  return { table: add(table, mapped(placement.places(rows))), shifts: mapped(placement.shifts) };
}

/** The same values, which no gradient reaches. */
function standing(x: Tensor): Tensor {
  return tensor(x.dataSync<'float32'>(), x.shape);
}

function withCross(model: ModelTensors, shape: RetrievalShape, batch: TrainingBatch, states: Tensor): Tensor {
  if (shape.crossDim === 0) return states;
  const input = crossInput(shape, batch.crossVectors, batch.gates);
  return joinCrossDomain(model, states, tensor(input, [batch.targets.length, shape.crossDim + 1]));
}

function chainLoss(model: ModelTensors, states: Tensor, codes: readonly Int32Array[]): Tensor {
  const losses = codes.map((labels, level) =>
    mean(crossEntropy(posteriorLogits(model, states, codes.slice(0, level)), labels)),
  );
  return losses.reduce((total, loss) => add(total, loss));
}
