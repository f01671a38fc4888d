import { log, type Random } from '@isthmus/learning';

/** Catalogue rows that targets compete with, and what their logits are corrected by: minus the log of how often an item
 * was to be expected among them, or -1e9 for the target itself. */
export interface Negatives {
  /** Shared by all rows of the step, `[shared]`. */
  readonly shared: Int32Array;
  /** Of each row by itself, `[rows, hardPerRow]`. */
  readonly hard: Int32Array;
  readonly hardPerRow: number;
  /** `[rows]` */
  readonly targetShift: Float32Array;
  /** `[rows, shared]` */
  readonly sharedShift: Float32Array;
  /** `[rows, hardPerRow]` */
  readonly hardShift: Float32Array;
}

/** How many are drawn. */
export interface NegativeShape {
  readonly uniformNegatives: number;
  readonly batchNegatives: number;
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
  const shared = new Int32Array(shape.uniformNegatives + fromBatch);
  for (let i = 0; i < shape.uniformNegatives; i++) shared[i] = random.below(items);
  random.choose(targets.length, fromBatch).forEach((row, i) => {
    shared[shape.uniformNegatives + i] = targets[row]!;
  });
  const expected = expectations(counts, shape.uniformNegatives, fromBatch);
  const shifts = Float64Array.from(shared, (item) => -log(expected(item)));
  return {
    shared,
    hard: new Int32Array(),
    hardPerRow: 0,
    targetShift: Float32Array.from(targets, (item) => -log(expected(item))),
    sharedShift: shiftsOf(targets, shared, (_target, place) => shifts[place]!),
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
  const { hardNegatives: hardPerRow, uniformNegatives } = shape;
  const expected = expectations(counts, uniformNegatives, shared.length - uniformNegatives);
  const outside = Float64Array.from(shared, (item) => -log(expected(item)));
  const insideOf = (item: number): number =>
    -log(expected(item) + hardPerRow / members[topCodes[item]!]!.length);
  const inside = Float64Array.from(shared, insideOf);
  const hard = new Int32Array(targets.length * hardPerRow);
  const hardShift = new Float32Array(hard.length);
  for (let i = 0; i < hard.length; i++) {
    const target = targets[Math.floor(i / hardPerRow)]!;
    const of = members[topCodes[target]!]!;
    hard[i] = of[random.below(of.length)]!;
    hardShift[i] = hard[i] === target ? excluded : insideOf(hard[i]!);
  }
  const sharedShift = shiftsOf(targets, shared, (target, place) =>
    topCodes[shared[place]!] === topCodes[target] ? inside[place]! : outside[place]!,
  );
  return {
    shared,
    hard,
    hardPerRow,
    targetShift: Float32Array.from(targets, insideOf),
    sharedShift,
    hardShift,
  };
}

/** How often an item is to be expected among the shared negatives of a step. */
function expectations(counts: Uint32Array, uniform: number, fromBatch: number): (item: number) => number {
  const events = counts.reduce((a, b) => a + b, 0);
  return (item) => uniform / counts.length + (fromBatch * counts[item]!) / events;
}

function shiftsOf(
  targets: Int32Array,
  shared: Int32Array,
  shiftOf: (target: number, place: number) => number,
): Float32Array {
  const shifts = new Float32Array(targets.length * shared.length);
  targets.forEach((target, row) => {
    const start = row * shared.length;
    for (let i = 0; i < shared.length; i++)
      shifts[start + i] = shared[i] === target ? excluded : shiftOf(target, i);
  });
  return shifts;
}

function membersByCode(codes: Uint32Array, count: number): readonly number[][] {
  const members: number[][] = Array.from({ length: count }, () => []);
  codes.forEach((code, item) => {
    members[code]!.push(item);
  });
  return members;
}
