import { log, type Random } from '@isthmus/learning';

/** Catalogue rows that the targets of a step compete with, and what their logits are corrected by. */
export interface Negatives {
  /** Shared by all rows of the step, `[shared]`. */
  readonly shared: Int32Array;
  /** Of each row, from the level-1 interest of its target, `[rows, hard]`. */
  readonly hard: Int32Array;
  readonly hardPerRow: number;
  /** Added to the logits: minus the log of how often the item was to be expected, or -1e9 for the target itself. */
  readonly targetShift: Float32Array;
  /** `[rows, shared]` */
  readonly sharedShift: Float32Array;
  /** `[rows, hard]` */
  readonly hardShift: Float32Array;
}

/** What negatives are drawn for. */
export interface NegativeSource {
  /** Training events of each catalogue row. */
  readonly counts: Uint32Array;
  /** Level-1 code of each catalogue row; undefined before there is a dictionary. */
  readonly topCodes: Uint32Array | undefined;
  readonly topCodeCount: number;
}

/** How many are drawn. */
export interface NegativeShape {
  readonly uniformNegatives: number;
  readonly batchNegatives: number;
  readonly hardNegatives: number;
}

const excluded = -1e9;

/**
 * Draws negatives and the logQ correction of sampled softmax (Bengio and Senecal 2008; Yi et al. 2019): a logit loses the
 * log of the expected number of times that its item is among the negatives. Uniform, in-batch and in-interest negatives
 * are one mixture, so an item's expectation is the sum over the three.
 *
 * @param targets catalogue row of each row's target
 * @param withoutInterest 1 for rows that get no in-interest negatives
 */
export function drawNegatives(
  targets: Int32Array,
  withoutInterest: Uint8Array,
  source: NegativeSource,
  shape: NegativeShape,
  random: Random,
): Negatives {
  const rows = targets.length;
  const items = source.counts.length;
  const fromBatch = Math.min(shape.batchNegatives, rows);
  const shared = new Int32Array(shape.uniformNegatives + fromBatch);
  for (let i = 0; i < shape.uniformNegatives; i++) shared[i] = random.below(items);
  random.choose(rows, fromBatch).forEach((row, i) => {
    shared[shape.uniformNegatives + i] = targets[row]!;
  });
  const hardPerRow = source.topCodes === undefined ? 0 : shape.hardNegatives;
  const members =
    source.topCodes && hardPerRow > 0 ? membersByCode(source.topCodes, source.topCodeCount) : [];
  const events = source.counts.reduce((a, b) => a + b, 0);
  const expected = (item: number, inInterest: boolean): number => {
    const base = shape.uniformNegatives / items + (fromBatch * source.counts[item]!) / events;
    return log(inInterest ? base + hardPerRow / members[source.topCodes![item]!]!.length : base);
  };
  const outside = Float64Array.from(shared, (item) => -expected(item, false));
  const inside = hardPerRow > 0 ? Float64Array.from(shared, (item) => -expected(item, true)) : outside;
  const targetShift = new Float32Array(rows);
  const sharedShift = new Float32Array(rows * shared.length);
  const hard = new Int32Array(rows * hardPerRow);
  const hardShift = new Float32Array(hard.length);
  for (let row = 0; row < rows; row++) {
    const target = targets[row]!;
    const code = hardPerRow > 0 && withoutInterest[row] === 0 ? source.topCodes![target]! : -1;
    targetShift[row] = -expected(target, code >= 0);
    const start = row * shared.length;
    for (let i = 0; i < shared.length; i++) {
      const item = shared[i]!;
      if (item === target) sharedShift[start + i] = excluded;
      else sharedShift[start + i] = code >= 0 && source.topCodes![item] === code ? inside[i]! : outside[i]!;
    }
    for (let i = row * hardPerRow; i < (row + 1) * hardPerRow; i++) {
      if (code < 0) hardShift[i] = excluded;
      else {
        const of = members[code]!;
        hard[i] = of[random.below(of.length)]!;
        hardShift[i] = hard[i] === target ? excluded : -expected(hard[i]!, true);
      }
    }
  }
  return { shared, hard, hardPerRow, targetShift, sharedShift, hardShift };
}

function membersByCode(codes: Uint32Array, count: number): readonly number[][] {
  const members: number[][] = Array.from({ length: count }, () => []);
  codes.forEach((code, item) => {
    members[code]!.push(item);
  });
  return members;
}
