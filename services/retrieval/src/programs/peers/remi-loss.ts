import {
  add,
  gatherRows,
  logSumExp,
  mean,
  mul,
  type Objective,
  reshape,
  sampledLogSumExp,
  square,
  stack,
  sub,
  sum,
  type Tensor,
  tensor,
  transpose,
} from '@isthmus/kernels';
import { log } from '@isthmus/learning';
import { poolPrefixes } from '../../model/attention-pooling.js';
import { statesAt } from '../../model/user-state.js';
import type { Negatives } from '../training/negatives.js';
import type { LossPass } from '../training/retrieval-design.js';
import type { TrainingBatch } from '../training/training-batch.js';
import { hardReadOut } from './hard-read-out.js';
import type { PeerStep } from './peer-design.js';

/** Weights of REMI's parts. */
export interface RemiWeights {
  readonly hardness: number;
  readonly routingPenalty: number;
}

/** Loss of REMI (Xie et al. 2023) on the interests of ComiRec-SA: interest-aware hard negatives and the routing regulariser. */
export function remiLoss(
  { shape, batch, negatives }: PeerStep,
  { model, table, at, drop }: LossPass,
  { hardness, routingPenalty }: RemiWeights,
): Objective<string> {
  const { users, length, places } = batch;
  const histories = { users, length, rows: at(batch.histories), codes: [], places };
  const { vectors, weights } = poolPrefixes(model, shape, table, histories, drop);
  const positives = gatherRows(table, at(batch.targets));
  const queries = hardReadOut(statesAt(vectors, places), positives);
  const retrieval = hardSoftmax(
    queries,
    gatherRows(table, at(negatives.shared.ids)),
    positives,
    negatives,
    hardness,
  );
  const outputs = { retrieval: mul(retrieval, 1) };
  if (weights === undefined || routingPenalty === 0) return { value: retrieval, outputs };
  const routing = routingVariance(weights, batch);
  const value = add(retrieval, mul(routing, routingPenalty));
  return { value, outputs: { ...outputs, routing } };
}

/**
 * Sampled softmax whose negatives count by `exp(hardness s)` over its mean: `log(exp s+ + N) - s+` with
 * `N = sum(exp((1 + hardness) s)) / mean(exp(hardness s))`. A hardness of 0 is the plain sampled softmax.
 *
 * @param others vectors of the shared negatives, `[shared, dim]`
 */
export function hardSoftmax(
  queries: Tensor,
  others: Tensor,
  positives: Tensor,
  { shared, targetShift }: Pick<Negatives, 'shared' | 'targetShift'>,
  hardness: number,
): Tensor {
  const rows = targetShift.length;
  const positive = add(sum(mul(queries, positives), -1), tensor(targetShift, [rows]));
  const scaled = (factor: number): Tensor =>
    sampledLogSumExp(mul(queries, factor), others, {
      ...shared,
      shifts: shared.shifts.map((shift) => factor * shift),
    });
  let negative = scaled(1 + hardness);
  if (hardness > 0) negative = sub(negative, sub(scaled(hardness), log(shared.ids.length)));
  return mean(sub(logSumExp(stack([positive, negative], 1)), positive));
}

/**
 * REMI's routing regulariser: mean over the rows with a history of the sum over interests of the squared variance of the weights,
 * `(sum over items a^2 - 1/n)^2` for n items. It keeps an interest from becoming a copy of one item. REMI's code divides the
 * variance by the width and sums over the batch; here neither is part of it.
 *
 * @param weights see `PooledPrefixes`
 */
export function routingVariance(
  weights: Tensor,
  { length, places }: Pick<TrainingBatch, 'length' | 'places'>,
): Tensor {
  const [users, vectors] = weights.shape as [number, number];
  const squares = transpose(sum(square(weights), -1), [0, 2, 1]);
  const even = Float32Array.from({ length }, (_, prefix) => 1 / (prefix + 1));
  const variances = sub(squares, tensor(even, [1, length, 1]));
  const taken = Array.from(places, (place) => ({
    user: Math.floor(place / (length + 1)),
    items: place % (length + 1),
  })).filter(({ items }) => items > 0);
  const rows = Int32Array.from(taken, ({ user, items }) => user * length + items - 1);
  if (rows.length === 0) return mul(sum(squares), 0);
  const chosen = gatherRows(reshape(variances, [users * length, vectors]), rows);
  return mean(sum(square(chosen), -1));
}
