import { labelWeights, type PartialLabelRows } from './partial-label-loss.js';

/** What to watch while the partial-label loss is minimised. */
export interface PartialLabelDiagnostics {
  /** Mean of (1 - e/e')|f| over the rows: the clipping's bias is at most this, since P(c = 1) is at most 1. */
  readonly clipBiasBound: number;
  /** (sum w)^2 / sum w^2 of the weights w = s/e'; 0 where no row is labelled. */
  readonly effectiveSampleSize: number;
  /** Share of rows whose propensity was raised. */
  readonly clippedShare: number;
  /** Largest weight s/e', 0 where no row is labelled. */
  readonly largestWeight: number;
  /** Share of rows with a label. */
  readonly labelledShare: number;
}

/** Diagnostics of a batch. @param scores f of each row */
export function partialLabelDiagnostics(
  scores: ArrayLike<number>,
  rows: PartialLabelRows,
  clip: number,
): PartialLabelDiagnostics {
  const count = scores.length;
  const weights = labelWeights(rows, clip);
  let [sum, squares, largest, clipped, labelled, bound] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < count; row++) {
    const weight = weights[row]!;
    const propensity = rows.propensities[row]!;
    if (propensity < clip) {
      clipped++;
      bound += (1 - propensity / clip) * Math.abs(scores[row]!);
    }
    if (weight > 0) labelled++;
    sum += weight;
    squares += weight * weight;
    largest = Math.max(largest, weight);
  }
  return {
    clipBiasBound: bound / Math.max(1, count),
    effectiveSampleSize: squares === 0 ? 0 : (sum * sum) / squares,
    clippedShare: clipped / Math.max(1, count),
    largestWeight: largest,
    labelledShare: labelled / Math.max(1, count),
  };
}
