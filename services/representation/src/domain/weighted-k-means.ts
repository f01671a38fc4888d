import type { Random } from '@isthmus/learning';

import { dotRows } from './item-features.js';

/** Result of {@link weightedKMeans}. */
export interface Clusters {
  /** `[clusters, dim]` */
  readonly centres: Float32Array;
  /** Sum of the weights of each cluster. */
  readonly weights: Float64Array;
}

/**
 * Lloyd's algorithm on weighted rows: first centres are different rows drawn in proportion to their weights; ties go to
 * the lower number; an empty cluster keeps its centre. Sums run in the order of the rows.
 *
 * @param points `[rows, dim]` @param weights at least 0, `[rows]`; rows without weight are left out
 */
export function weightedKMeans(
  points: Float32Array,
  dim: number,
  weights: Float64Array,
  clusters: number,
  rounds: number,
  random: Random,
): Clusters {
  const used = Array.from(weights.keys()).filter((row) => weights[row]! > 0);
  const count = Math.min(clusters, used.length);
  const centres = firstCentres(points, dim, weights, used, count, random);
  const clusterWeights = new Float64Array(count);
  const sums = new Float64Array(count * dim);
  for (let round = 0; round <= rounds; round++) {
    clusterWeights.fill(0);
    sums.fill(0);
    for (const row of used) {
      const cluster = nearest(points, row * dim, centres, count, dim);
      const weight = weights[row]!;
      clusterWeights[cluster] = clusterWeights[cluster]! + weight;
      for (let i = 0; i < dim; i++) {
        sums[cluster * dim + i] = sums[cluster * dim + i]! + weight * points[row * dim + i]!;
      }
    }
    if (round === rounds) break;
    for (let cluster = 0; cluster < count; cluster++) {
      const weight = clusterWeights[cluster]!;
      if (weight === 0) continue;
      for (let i = 0; i < dim; i++) centres[cluster * dim + i] = sums[cluster * dim + i]! / weight;
    }
  }
  return { centres, weights: clusterWeights };
}

/** Weighted sampling without replacement: the smallest exponential keys. */
function firstCentres(
  points: Float32Array,
  dim: number,
  weights: Float64Array,
  used: readonly number[],
  count: number,
  random: Random,
): Float32Array {
  const keys = new Map(used.map((row) => [row, random.exponential() / weights[row]!]));
  const chosen = [...used].sort((a, b) => keys.get(a)! - keys.get(b)! || a - b).slice(0, count);
  const centres = new Float32Array(count * dim);
  for (const [cluster, row] of chosen.entries()) {
    centres.set(points.subarray(row * dim, (row + 1) * dim), cluster * dim);
  }
  return centres;
}

function nearest(
  points: Float32Array,
  start: number,
  centres: Float32Array,
  count: number,
  dim: number,
): number {
  let best = 0;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (let cluster = 0; cluster < count; cluster++) {
    const centre = cluster * dim;
    const score =
      dotRows(points, start, centres, centre, dim) - dotRows(centres, centre, centres, centre, dim) / 2;
    if (score > bestScore) {
      best = cluster;
      bestScore = score;
    }
  }
  return best;
}
