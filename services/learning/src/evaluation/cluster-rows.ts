import { createRandom, type Random } from '../random/random.js';

/**
 * k-means of rows (Lloyd 1982) from a k-means++ start (Arthur and Vassilvitskii 2007) in float64: the same groups on every
 * machine. Groups that run empty keep their centre.
 *
 * @param rows row-major, `dim` numbers each
 * @param settings.seed 32 bytes
 * @returns group of each row, 0 to `groups` - 1
 */
export function clusterRows(
  rows: Float64Array,
  dim: number,
  settings: { readonly groups: number; readonly iterations: number; readonly seed: Uint8Array },
): Int32Array {
  const count = rows.length / dim;
  const groups = Math.min(settings.groups, count);
  const random = createRandom(settings.seed, 'cluster-rows');
  const centres = spreadCentres(rows, dim, groups, random);
  const groupOf = new Int32Array(count).fill(-1);
  for (let iteration = 0; iteration < settings.iterations; iteration++) {
    let moved = 0;
    for (let row = 0; row < count; row++) {
      const nearest = nearestCentre(rows, row * dim, centres, dim, groups);
      if (nearest !== groupOf[row]) moved++;
      groupOf[row] = nearest;
    }
    if (moved === 0) break;
    moveCentres(rows, dim, groupOf, centres);
  }
  return groupOf;
}

function spreadCentres(rows: Float64Array, dim: number, groups: number, random: Random): Float64Array {
  const count = rows.length / dim;
  const centres = new Float64Array(groups * dim);
  const nearest = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  let chosen = random.below(count);
  for (let group = 0; group < groups; group++) {
    centres.set(rows.subarray(chosen * dim, (chosen + 1) * dim), group * dim);
    let total = 0;
    for (let row = 0; row < count; row++) {
      nearest[row] = Math.min(nearest[row]!, distance(rows, row * dim, centres, group * dim, dim));
      total += nearest[row]!;
    }
    let left = random.float() * total;
    chosen = count - 1;
    for (let row = 0; row < count; row++) {
      left -= nearest[row]!;
      if (left >= 0) continue;
      chosen = row;
      break;
    }
  }
  return centres;
}

function nearestCentre(
  rows: Float64Array,
  offset: number,
  centres: Float64Array,
  dim: number,
  groups: number,
): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let group = 0; group < groups; group++) {
    const own = distance(rows, offset, centres, group * dim, dim);
    if (own < least) {
      least = own;
      best = group;
    }
  }
  return best;
}

function moveCentres(rows: Float64Array, dim: number, groupOf: Int32Array, centres: Float64Array): void {
  const sizes = new Float64Array(centres.length / dim);
  const sums = new Float64Array(centres.length);
  for (let row = 0; row < groupOf.length; row++) {
    const group = groupOf[row]!;
    sizes[group]!++;
    for (let i = 0; i < dim; i++) sums[group * dim + i]! += rows[row * dim + i]!;
  }
  for (let group = 0; group < sizes.length; group++) {
    if (sizes[group] === 0) continue;
    for (let i = 0; i < dim; i++) centres[group * dim + i] = sums[group * dim + i]! / sizes[group]!;
  }
}

function distance(a: Float64Array, aOffset: number, b: Float64Array, bOffset: number, dim: number): number {
  let sum = 0;
  for (let i = 0; i < dim; i++) {
    const difference = a[aOffset + i]! - b[bOffset + i]!;
    sum += difference * difference;
  }
  return sum;
}
