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
}

const excluded = -1e9;

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
  const items = counts.length;
  const fromBatch = Math.min(shape.batchNegatives, targets.length);
  const ids = new Int32Array(shape.uniformNegatives + fromBatch);
  for (let i = 0; i < shape.uniformNegatives; i++) ids[i] = random.below(items);
  random.choose(targets.length, fromBatch).forEach((row, i) => {
    ids[shape.uniformNegatives + i] = targets[row]!;
  });
  const expected = expectations(counts, shape.uniformNegatives, fromBatch);
  const shiftOf = (item: number): number => (shape.logQ ? -log(expected(item)) : 0);
  return {
    shared: { ids, targets, shifts: Float32Array.from(ids, shiftOf) },
    hard: new Int32Array(),
    hardPerRow: 0,
    targetShift: Float32Array.from(targets, shiftOf),
    hardShift: new Float32Array(),
  };
}

/**
 * Negatives of the queries of interests: a query knows the interest of its target, so most of what it must tell apart has
 * the same level-1 code. Those are drawn for each row, beside the negatives that all queries of the step share; an item of
 * the target's code is expected among both.
 *
 * @param topCodes level-1 code of each catalogue row
 */
export function drawHardNegatives(
  targets: Int32Array,
  counts: Uint32Array,
  topCodes: Uint32Array,
  topCodeCount: number,
  { shared }: Negatives,
  shape: NegativeShape & { readonly hardNegatives: number },
  random: Random,
): Negatives {
  const members = membersByCode(topCodes, topCodeCount);
  const { ids } = shared;
  const { hardNegatives: hardPerRow, uniformNegatives, logQ } = shape;
  const expected = expectations(counts, uniformNegatives, ids.length - uniformNegatives);
  const insideOf = (item: number): number =>
    logQ ? -log(expected(item) + hardPerRow / members[topCodes[item]!]!.length) : 0;
  const hard = new Int32Array(targets.length * hardPerRow);
  const hardShift = new Float32Array(hard.length);
  for (let i = 0; i < hard.length; i++) {
    const target = targets[Math.floor(i / hardPerRow)]!;
    const of = members[topCodes[target]!]!;
    hard[i] = of[random.below(of.length)]!;
    hardShift[i] = hard[i] === target ? excluded : insideOf(hard[i]!);
  }
  const groups = {
    ofVectors: ids.map((item) => topCodes[item]!),
    ofRows: targets.map((item) => topCodes[item]!),
    shifts: Float32Array.from(ids, insideOf),
  };
  return {
    shared: { ...shared, groups },
    hard,
    hardPerRow,
    targetShift: Float32Array.from(targets, insideOf),
    hardShift,
  };
}

/** How often an item is to be expected among the shared negatives of a step. */
function expectations(counts: Uint32Array, uniform: number, fromBatch: number): (item: number) => number {
  const events = counts.reduce((a, b) => a + b, 0);
  return (item) => uniform / counts.length + (fromBatch * counts[item]!) / events;
}

function membersByCode(codes: Uint32Array, count: number): readonly number[][] {
  const members: number[][] = Array.from({ length: count }, () => []);
  codes.forEach((code, item) => {
    members[code]!.push(item);
  });
  return members;
}
