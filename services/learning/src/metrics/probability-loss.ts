import { log } from '../arithmetic/log.js';

/** Probabilities are kept this far from 0 and 1 before the logarithm. */
const clip = 1e-7;

/** Mean negative log-likelihood in nats of binary labels; probabilities are clipped to [1e-7, 1 - 1e-7]. NaN without samples. */
export function logLoss(probabilities: ArrayLike<number>, labels: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < probabilities.length; index++) {
    const p = Math.min(1 - clip, Math.max(clip, probabilities[index]!));
    sum -= labels[index] === 1 ? log(p) : log(1 - p);
  }
  return sum / probabilities.length;
}

/**
 * Expected calibration error (Naeini, Cooper and Hauskrecht 2015) with bins of equal width: the mean distance between
 * the mean probability and the share of positives of a bin, weighted by the bin's samples. NaN without samples.
 */
export function expectedCalibrationError(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  bins = 15,
): number {
  const differences = new Float64Array(bins);
  for (let index = 0; index < probabilities.length; index++) {
    const p = probabilities[index]!;
    if (!(p >= 0 && p <= 1)) throw new RangeError(`sample ${index} has probability ${p}`);
    const bin = Math.min(bins - 1, Math.floor(p * bins));
    differences[bin] = differences[bin]! + p - (labels[index] === 1 ? 1 : 0);
  }
  return differences.reduce((sum, difference) => sum + Math.abs(difference), 0) / probabilities.length;
}
