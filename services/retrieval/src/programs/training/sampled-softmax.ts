import {
  add,
  expandDims,
  gatherRows,
  logSumExp,
  mean,
  mul,
  sampledLogSumExp,
  stack,
  sub,
  sum,
  type Tensor,
  tensor,
} from '@isthmus/kernels';
import type { Negatives } from './negatives.js';

/**
 * Sampled softmax: mean over the rows of `log(exp s(target) + sum over negatives exp s) - s(target)`, with scores `s` that are
 * inner products plus the shifts of the negatives.
 *
 * @param queries `[rows, dim]`
 * @param table vectors of the items of the step
 * @param positives vectors of the targets, `[rows, dim]`
 * @param at rows of the table of catalogue rows
 */
export function sampledSoftmax(
  queries: Tensor,
  table: Tensor,
  positives: Tensor,
  negatives: Negatives,
  at: (rows: Int32Array) => Int32Array,
): Tensor {
  const rows = negatives.targetShift.length;
  const { shared, hard, hardPerRow } = negatives;
  const positive = add(sum(mul(queries, positives), -1), tensor(negatives.targetShift, [rows]));
  const parts = [positive, sampledLogSumExp(queries, gatherRows(table, at(shared.ids)), shared)];
  if (hardPerRow > 0) {
    const close = sum(mul(expandDims(queries, 1), gatherRows(table, at(hard), [rows, hardPerRow])), -1);
    parts.push(logSumExp(add(close, tensor(negatives.hardShift, [rows, hardPerRow]))));
  }
  return mean(sub(logSumExp(stack(parts, 1)), positive));
}
