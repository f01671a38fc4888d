import { nearestCode, squaredLengths } from './interest-dictionary.js';

/** A source of random numbers; `Random` of the learning package is one. */
export interface RandomSource {
  /** Uniform in [0, 1). */
  float(): number;
  /** Uniform over 0 to n - 1. */
  below(n: number): number;
}

/**
 * First codes by k-means++ (Arthur and Vassilvitskii 2007): each further code is a row drawn with probability
 * proportional to its squared distance from the nearest code before.
 *
 * @param rows `[n, dim]`, n at least `codes`
 */
export function seedCodebook(
  rows: Float32Array,
  dim: number,
  codes: number,
  random: RandomSource,
): Float32Array {
  const n = rows.length / dim;
  if (n < codes) throw new RangeError(`${codes} codes need at least as many vectors, there are ${n}`);
  const codebook = new Float32Array(codes * dim);
  const distances = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  let chosen = random.below(n);
  for (let code = 0; ; code++) {
    codebook.set(rows.subarray(chosen * dim, (chosen + 1) * dim), code * dim);
    if (code === codes - 1) return codebook;
    let total = 0;
    for (let row = 0; row < n; row++) {
      distances[row] = Math.min(distances[row]!, squaredDistance(rows, row, codebook, code, dim));
      total += distances[row]!;
    }
    chosen = total > 0 ? drawByWeight(distances, random.float() * total) : random.below(n);
  }
}

/**
 * One step of Lloyd's algorithm in place: assigns every row to its nearest code and moves each code to the mean of its
 * rows; a code without rows takes the row that is farthest from its own code and has not been taken.
 *
 * @returns mean squared distance to the codes before they moved; it never rises from one step to the next
 */
export function kMeansStep(codebook: Float32Array, rows: Float32Array, dim: number): number {
  const codes = codebook.length / dim;
  const n = rows.length / dim;
  const lengths = squaredLengths(codebook, dim);
  const sums = new Float64Array(codebook.length);
  const counts = new Uint32Array(codes);
  const distances = new Float64Array(n);
  let total = 0;
  for (let row = 0; row < n; row++) {
    const code = nearestCode(codebook, lengths, rows, row * dim);
    counts[code]!++;
    for (let i = 0; i < dim; i++) sums[code * dim + i]! += rows[row * dim + i]!;
    distances[row] = squaredDistance(rows, row, codebook, code, dim);
    total += distances[row]!;
  }
  for (let code = 0; code < codes; code++) {
    if (counts[code]! > 0) {
      for (let i = 0; i < dim; i++) codebook[code * dim + i] = sums[code * dim + i]! / counts[code]!;
    } else {
      const farthest = indexOfLargest(distances);
      distances[farthest] = 0;
      codebook.set(rows.subarray(farthest * dim, (farthest + 1) * dim), code * dim);
    }
  }
  return total / n;
}

/** Running averages of one codebook: `counts [codes]`, `sums [codes, dim]`. */
export interface CodebookAverages {
  readonly counts: Float64Array;
  readonly sums: Float64Array;
}

/** How fast running averages forget, and when a code counts as dead. */
export interface AverageSettings {
  /** Share kept in a step, 0 to 1; 0 makes a step of Lloyd's algorithm for the codes that got rows. */
  readonly decay: number;
  /** A code is dead below this share of the rows that each code would get if all got equally many. */
  readonly deadShare: number;
}

/**
 * Moves codes to running averages of the rows assigned to them, in place, and revives dead codes by a random row.
 * The revival follows the update, spares codes that were chosen in this very batch, and resets their averages, so that
 * the next update does not undo it.
 *
 * @param rows `[n, dim]`
 * @param assigned code of each row
 * @returns codes that were revived
 */
export function averageStep(
  codebook: Float32Array,
  averages: CodebookAverages,
  rows: Float32Array,
  assigned: ArrayLike<number>,
  settings: AverageSettings,
  random: RandomSource,
): number {
  const { counts, sums } = averages;
  const codes = counts.length;
  const dim = codebook.length / codes;
  const { decay } = settings;
  const seen = new Uint32Array(codes);
  const batch = new Float64Array(codebook.length);
  for (let row = 0; row < assigned.length; row++) {
    const code = assigned[row]!;
    seen[code]!++;
    for (let i = 0; i < dim; i++) batch[code * dim + i]! += rows[row * dim + i]!;
  }
  const threshold = (settings.deadShare * assigned.length) / codes;
  let revived = 0;
  for (let code = 0; code < codes; code++) {
    counts[code] = decay * counts[code]! + (1 - decay) * seen[code]!;
    for (let i = code * dim; i < (code + 1) * dim; i++) sums[i] = decay * sums[i]! + (1 - decay) * batch[i]!;
    if (counts[code]! < threshold && seen[code] === 0) {
      const row = random.below(assigned.length);
      counts[code] = threshold;
      for (let i = 0; i < dim; i++) sums[code * dim + i] = threshold * rows[row * dim + i]!;
      revived++;
    }
    if (counts[code]! > 0) {
      for (let i = code * dim; i < (code + 1) * dim; i++) codebook[i] = sums[i]! / counts[code]!;
    }
  }
  return revived;
}

function squaredDistance(a: Float32Array, rowA: number, b: Float32Array, rowB: number, dim: number): number {
  let sum = 0;
  for (let i = 0; i < dim; i++) {
    const difference = a[rowA * dim + i]! - b[rowB * dim + i]!;
    sum += difference * difference;
  }
  return sum;
}

function drawByWeight(weights: Float64Array, target: number): number {
  let sum = 0;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    sum += weights[i]!;
    last = i;
    if (sum > target) return i;
  }
  return last;
}

function indexOfLargest(values: Float64Array): number {
  let largest = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[largest]!) largest = i;
  return largest;
}
