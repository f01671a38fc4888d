import {
  add,
  concat,
  crossEntropy,
  expandDims,
  gatherRows,
  logSumExp,
  matMul,
  mean,
  mul,
  type Objective,
  sub,
  sum,
  type Tensor,
  tensor,
} from '@isthmus/kernels';
import { encoderOf } from '../../model/encoders.js';
import {
  interestItems,
  interestQueries,
  interestSpace,
  interestTokens,
  poolForInterests,
  standing,
} from '../../model/interest-tower.js';
import type { RetrievalShape } from '../../model/retrieval-shape.js';
import type { ModelTensors } from '../../model/user-encoder.js';
import {
  crossInput,
  joinCrossDomain,
  posteriorLogits,
  queryVectors,
  statesAt,
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
  /** Weight of the loss among the items of an interest. */
  readonly interestLoss: number;
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
 * - sampled softmax of the user vectors over the catalogue, which trains the items, the encoder and what joins other domains;
 * - `posteriorLoss` times the cross-entropy of MIPDM's chain for the codes of a coming item;
 * - `interestLoss` times the softmax of MIRM's queries over the items of the target's interest. User vectors and the items' own
 *   vectors stand still in it: what tells items of one interest apart is learnt beside them, and says something else.
 */
export function gemirecLoss(step: GemirecStep, pass: LossPass): Objective<string> {
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
  const found = gatherRows(table, at(batch.targets));
  const positives = shifts === undefined ? found : add(found, shifts);
  const retrieval = sampledSoftmax(queryVectors(vectors), table, positives, step.negatives, at);
  if (interests === undefined) return { value: retrieval, outputs: { retrieval: mul(retrieval, 1) } };
  const posterior = chainLoss(model, states, interests.futureCodes);
  const inside = interestLoss({ ...step, interests }, pass, standing(vectors), standing(table));
  const value = add(retrieval, add(mul(posterior, step.posteriorLoss), mul(inside, step.interestLoss)));
  return { value, outputs: { retrieval: mul(retrieval, 1), posterior, inside } };
}

/**
 * Softmax of the target among the items of its interest, estimated from the drawn rivals.
 *
 * @param users `[rows, dim]`
 * @param own the items' own vectors, `[items of the step, dim]`
 */
function interestLoss(
  { batch, interests }: GemirecStep & { readonly interests: StepInterests },
  { model, at, drop }: LossPass,
  users: Tensor,
  own: Tensor,
): Tensor {
  const table = add(model[interestItems]!, matMul(own, model[interestSpace]!));
  const rows = batch.targets.length;
  const width = interests.embeddings.length / rows;
  const tokens = interestTokens(
    model,
    table,
    { users: batch.users, length: batch.length, rows: at(batch.histories) },
    drop,
  );
  const places = batch.users * (batch.length + 1);
  const embeddings = tensor(interests.embeddings, [rows, width]);
  const asked = gatherRows(embeddings, rowAtPlace(batch.places, places), [batch.users, batch.length + 1]);
  const pooled = statesAt(poolForInterests(model, tokens, asked, { causal: true }), batch.places);
  const queries = interestQueries(model, users, embeddings, pooled);
  const positive = sum(mul(queries, gatherRows(table, at(batch.targets))), -1);
  const { perRow } = interests;
  const rivals = gatherRows(table, at(interests.rivals), [rows, perRow]);
  const close = add(
    sum(mul(expandDims(queries, 1), rivals), -1),
    tensor(interests.rivalShifts, [rows, perRow]),
  );
  return mean(sub(logSumExp(concat([expandDims(positive, 1), close], 1)), positive));
}

/** Row of each place of the padded histories, `[places]`; the first where no row stands. */
function rowAtPlace(places: Int32Array, count: number): Int32Array {
  const rows = new Int32Array(count);
  places.forEach((place, row) => {
    rows[place] = row;
  });
  return rows;
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
