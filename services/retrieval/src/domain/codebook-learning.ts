import { nearestCode, squaredDistance } from './nearest-code.js';

/** A source of random numbers; `Random` of the learning package is one. */
export interface RandomSource {
  /** Uniform in [0, 1). */
  float(): number;
  /** Uniform over 0 to n - 1. */
  below(n: number): number;
}

/** Rows that are looked at for each further code. */
const candidates = 8;

/**
 * First codes by greedy k-means++ (Arthur and Vassilvitskii 2007, section 4): for each further code, rows are drawn with
 * probability proportional to their squared distance from the nearest code before, and the one that leaves the least is taken.
 * Plain k-means++ gives two codes to one cluster and none to another too often.
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
  let distances = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  let chosen = random.below(n);
  for (let code = 0; ; code++) {
    codebook.set(rows.subarray(chosen * dim, (chosen + 1) * dim), code * dim);
    distances = distancesWith(distances, rows, chosen, dim);
    if (code === codes - 1) return codebook;
    const total = sumOf(distances);
    if (total === 0) {
      chosen = random.below(n);
      continue;
    }
    const drawn = Array.from({ length: candidates }, () => drawByWeight(distances, random.float() * total));
    const left = drawn.map((row) => sumOf(distancesWith(distances, rows, row, dim)));
    chosen = drawn[left.indexOf(Math.min(...left))]!;
  }
}

/** Squared distances from the nearest code, once a row is a code as well. */
function distancesWith(
  distances: Float64Array,
  rows: Float32Array,
  code: number,
  dim: number,
): Float64Array<ArrayBuffer> {
  return Float64Array.from(distances, (distance, row) =>
    Math.min(distance, squaredDistance(rows, row, rows, code, dim)),
  );
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/**
 * One step of Lloyd's algorithm in place: assigns every row to its nearest code and moves each code to the mean of its
 * rows; a code without rows takes the row that is farthest from its own code and has not been taken.
 *
 * @param penalties see `nearestCode`; those of codes without rows are lifted
 * @returns mean squared distance to the codes before they moved; without penalties it never rises from one step to the next
 */
export function kMeansStep(
  codebook: Float32Array,
  rows: Float32Array,
  dim: number,
  penalties?: Float32Array,
): number {
  const assigned = nearestCode(rows, codebook, dim, penalties);
  const distances = Float64Array.from(assigned, (code, row) =>
    squaredDistance(rows, row, codebook, code, dim),
  );
  const total = distances.reduce((a, b) => a + b, 0);
  moveToMeans(codebook, rows, assigned, dim).forEach((count, code) => {
    if (count > 0) return;
    const farthest = indexOfLargest(distances);
    distances[farthest] = 0;
    codebook.set(rows.subarray(farthest * dim, (farthest + 1) * dim), code * dim);
    if (penalties !== undefined) penalties[code] = 0;
  });
  return total / assigned.length;
}

/**
 * Moves each code to the mean of its rows, in place; a code without rows stays.
 *
 * @param assigned code of each row
 * @returns rows of each code
 */
export function moveToMeans(
  codebook: Float32Array,
  rows: Float32Array,
  assigned: ArrayLike<number>,
  dim: number,
): Uint32Array {
  const { counts, sums } = sumsByCode(codebook.length / dim, rows, assigned, dim);
  for (let i = 0; i < codebook.length; i++) {
    const count = counts[Math.floor(i / dim)]!;
    if (count > 0) codebook[i] = sums[i]! / count;
  }
  return counts;
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
  const { counts: seen, sums: batch } = sumsByCode(codes, rows, assigned, dim);
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

function sumsByCode(
  codes: number,
  rows: Float32Array,
  assigned: ArrayLike<number>,
  dim: number,
): { readonly counts: Uint32Array; readonly sums: Float64Array } {
  const counts = new Uint32Array(codes);
  const sums = new Float64Array(codes * dim);
  for (let row = 0; row < assigned.length; row++) {
    const code = assigned[row]!;
    counts[code]!++;
    for (let i = 0; i < dim; i++) sums[code * dim + i]! += rows[row * dim + i]!;
  }
  return { counts, sums };
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
