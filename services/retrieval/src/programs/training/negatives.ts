import type { SampledCompetition } from '@isthmus/kernels';
import { log, type Random } from '@isthmus/learning';

/**
 * Catalogue rows that targets compete with, and what their logits are corrected by: minus the log of how often an item was to be
 * expected among them.
 */
export interface Negatives {
  /** What all rows of the step compete with; a row does not compete with its own target. */
  readonly shared: SampledCompetition;
  /** Of each row by itself, `[rows, hardPerRow]`. */
  readonly hard: Int32Array;
  readonly hardPerRow: number;
  /** `[rows]` */
  readonly targetShift: Float32Array;
  /** `[rows, hardPerRow]`; -1e9 for the target itself. */
  readonly hardShift: Float32Array;
}

/** How many are drawn. */
export interface NegativeShape {
  readonly uniformNegatives: number;
  readonly batchNegatives: number;
  /** Whether scores are corrected by how often an item is to be expected among the negatives. */
  readonly logQ: boolean;
  /** Uniform ones are drawn from so many first rows. */
  readonly uniformRows: number;
}

/**
 * Negatives of the plain user vectors: uniform ones, and targets of other rows. With the logQ correction of sampled
 * softmax (Bengio and Senecal 2008; Yi et al. 2019): both kinds are one mixture, so an item's expectation is their sum.
 *
 * @param targets catalogue row of each row's target
 * @param counts training events of each catalogue row
 */
export function drawNegatives(
  targets: Int32Array,
  counts: Uint32Array,
  shape: NegativeShape,
  random: Random,
): Negatives {
  const { uniformRows } = shape;
  const fromBatch = Math.min(shape.batchNegatives, targets.length);
  const ids = new Int32Array(shape.uniformNegatives + fromBatch);
  for (let i = 0; i < shape.uniformNegatives; i++) ids[i] = random.below(uniformRows);
  random.choose(targets.length, fromBatch).forEach((row, i) => {
    ids[shape.uniformNegatives + i] = targets[row]!;
  });
  const expected = expectations(counts, shape.uniformNegatives / uniformRows, fromBatch);
  const shiftOf = (item: number): number => (shape.logQ ? -log(expected(item)) : 0);
  return {
    shared: { ids, targets, shifts: Float32Array.from(ids, shiftOf) },
    hard: new Int32Array(),
    hardPerRow: 0,
    targetShift: Float32Array.from(targets, shiftOf),
    hardShift: new Float32Array(),
  };
}

/** How often an item is to be expected among the shared negatives of a step. */
function expectations(counts: Uint32Array, uniform: number, fromBatch: number): (item: number) => number {
  const events = counts.reduce((a, b) => a + b, 0);
  return (item) => uniform + (fromBatch * counts[item]!) / events;
}
