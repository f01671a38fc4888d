import {
  add,
  crossEntropy,
  expandDims,
  gatherRows,
  logSumExp,
  matMul,
  mean,
  mul,
  type Objective,
  stack,
  sub,
  sum,
  type Tensor,
  tensor,
} from '@isthmus/kernels';
import { type DropoutMasks, encodeHistories, type ModelTensors } from '../../model/history-encoder.js';
import type { RetrievalShape } from '../../model/retrieval-shape.js';
import {
  crossInput,
  joinCrossDomain,
  posteriorLogits,
  queryVectors,
  statesAt,
  userVectors,
} from '../../model/user-state.js';
import { spaceWeight } from './item-vectors.js';
import type { Negatives } from './negatives.js';
import type { TrainingBatch } from './training-batch.js';

/** A step's data in terms of a small table of the items that occur in it. */
export interface StepData {
  readonly batch: TrainingBatch;
  readonly negatives: Negatives;
  /** Position in the small table of each catalogue row; -1 for items that do not occur. */
  readonly position: Int32Array;
  /** Where the representation places items; undefined where the run has none. */
  readonly placement: StepPlacement | undefined;
  /** Interests of the targets; undefined while there is no dictionary. */
  readonly interests: StepInterests | undefined;
}

/** What the representation says of the items of a step. */
export interface StepPlacement {
  /** Places of the items of the small table, `[items of the step, crossDim]`. */
  readonly places: Float32Array;
  /** See `ownShifts`, `[rows, crossDim]`. */
  readonly shifts: Float32Array;
}

/** What the dictionary says of a step. */
export interface StepInterests {
  /** Codes of the histories by level, `[users, length]` each. */
  readonly historyCodes: readonly Int32Array[];
  /** Codes of one coming item of each row, by level. */
  readonly futureCodes: readonly Int32Array[];
  /** Embeddings of the interests of the targets, `[rows, levels * dim]`. */
  readonly embeddings: Float32Array;
  /** What the queries of interests compete with. */
  readonly negatives: Negatives;
}

/**
 * Loss of a step in our reconstruction, the sum of
 *
 * - sampled softmax of the plain user vectors, which trains the items, the encoder and what joins other domains;
 * - sampled softmax of MIRM's queries with the interest of the target. User vectors and items stand still in it: it trains
 *   the fusion only, because a query that is told its target's interest otherwise learns to need the telling;
 * - `posteriorLoss` times the cross-entropy of MIPDM's chain for the codes of a coming item.
 *
 * @param model parameters, with `table` `[items of the step, dim]` in place of all items
 */
export function retrievalLoss(
  model: ModelTensors,
  shape: RetrievalShape,
  step: StepData,
  posteriorLoss: number,
  masks: DropoutMasks | undefined,
): Objective<'retrieval' | 'posterior'> {
  const { batch, interests } = step;
  const { table, shifts } = placedItems(model, shape, step);
  const at = (rows: Int32Array): Int32Array => rows.map((row) => step.position[row]!);
  const histories = {
    users: batch.users,
    length: batch.length,
    rows: at(batch.histories),
    codes: interests?.historyCodes ?? [],
    shifts: shifts && gatherRows(shifts, batch.rowOfPlace, [batch.users, batch.length]),
  };
  const states = withCross(
    model,
    shape,
    batch,
    statesAt(encodeHistories(model, shape, table, histories, masks), batch.places),
  );
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
  const value = add(add(plain, fused), mul(posterior, posteriorLoss));
  return { value, outputs: { retrieval: plain, posterior } };
}

/** Vectors of the step's items, see `itemVectorsOf`, and what to add to those of a user's own items, `[rows, dim]`. */
function placedItems(
  model: ModelTensors,
  { crossDim }: RetrievalShape,
  { placement }: StepData,
): { readonly table: Tensor; readonly shifts: Tensor | undefined } {
  const free = model.table!;
  if (placement === undefined) return { table: free, shifts: undefined };
  const mapped = (values: Float32Array): Tensor =>
    matMul(tensor(values, [values.length / crossDim, crossDim]), model[spaceWeight]!);
  return { table: add(free, mapped(placement.places)), shifts: mapped(placement.shifts) };
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

function sampledSoftmax(
  queries: Tensor,
  table: Tensor,
  positives: Tensor,
  negatives: Negatives,
  at: (rows: Int32Array) => Int32Array,
): Tensor {
  const rows = negatives.targetShift.length;
  const { shared, hard, hardPerRow } = negatives;
  const positive = add(sum(mul(queries, positives), -1), tensor(negatives.targetShift, [rows]));
  const common = add(
    matMul(queries, gatherRows(table, at(shared)), false, true),
    tensor(negatives.sharedShift, [rows, shared.length]),
  );
  const parts = [positive, logSumExp(common)];
  if (hardPerRow > 0) {
    const close = sum(mul(expandDims(queries, 1), gatherRows(table, at(hard), [rows, hardPerRow])), -1);
    parts.push(logSumExp(add(close, tensor(negatives.hardShift, [rows, hardPerRow]))));
  }
  return mean(sub(logSumExp(stack(parts, 1)), positive));
}

function chainLoss(model: ModelTensors, states: Tensor, codes: readonly Int32Array[]): Tensor {
  const losses = codes.map((labels, level) =>
    mean(crossEntropy(posteriorLogits(model, states, codes.slice(0, level)), labels)),
  );
  return losses.reduce((total, loss) => add(total, loss));
}
