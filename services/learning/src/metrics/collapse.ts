import { exp } from '../arithmetic/exp.js';
import { log } from '../arithmetic/log.js';

/** Cosine of two vectors of equal length; 0 where one of them is zero. */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const norms = Math.sqrt(dot(a, a) * dot(b, b));
  return norms > 0 ? dot(a, b) / norms : 0;
}

/** Mean cosine over all pairs of vectors: 1 where they point one way. NaN for fewer than two. */
export function meanPairwiseCosine(vectors: readonly ArrayLike<number>[]): number {
  return meanOverPairs(vectors, cosine);
}

/** Mean Jaccard index (size of the intersection over size of the union) over all pairs of lists. NaN for fewer than two. */
export function meanListJaccard(lists: readonly ArrayLike<number>[]): number {
  const sets = lists.map((list) => new Set(Array.from(list)));
  return meanOverPairs(sets, (a, b) => {
    let shared = 0;
    for (const item of a) if (b.has(item)) shared++;
    const union = a.size + b.size - shared;
    return union > 0 ? shared / union : 1;
  });
}

/**
 * Effective rank (Roy and Vetterli 2007): exp of the entropy of the singular values divided by their sum. From 1 (all
 * vectors on one line) to the number of vectors. 0 where all are zero.
 */
export function effectiveRank(vectors: readonly ArrayLike<number>[]): number {
  const values = singularValues(vectors);
  const sum = values.reduce((total, value) => total + value, 0);
  if (sum === 0) return 0;
  return exp(entropyOf(values, sum));
}

/** Exp of the entropy of a distribution given by counts: the number of equally used codes that is as even. 0 where all counts are 0. */
export function perplexity(counts: ArrayLike<number>): number {
  const values = Array.from(counts);
  const sum = values.reduce((total, value) => total + value, 0);
  return sum === 0 ? 0 : exp(entropyOf(values, sum));
}

/** Share of the wanted groups that a list touches: 1 where every one is hit. NaN where none is wanted. */
export function interestCoverage(
  list: ArrayLike<number>,
  targets: Iterable<number>,
  groupOf: (item: number) => number,
): number {
  const wanted = new Set<number>();
  for (const target of targets) wanted.add(groupOf(target));
  if (wanted.size === 0) return Number.NaN;
  const size = wanted.size;
  for (let rank = 0; rank < list.length; rank++) wanted.delete(groupOf(list[rank]!));
  return (size - wanted.size) / size;
}

/**
 * Singular values, descending, of the matrix with the given rows: one-sided Jacobi (Hestenes 1958), which turns pairs
 * of rows until all are orthogonal. Meant for a few rows.
 */
export function singularValues(vectors: readonly ArrayLike<number>[]): number[] {
  const rows = vectors.map((vector) => Float64Array.from(Array.from(vector)));
  for (let sweep = 0; sweep < maximumSweeps; sweep++) {
    let turned = false;
    for (let p = 0; p < rows.length; p++) {
      for (let q = p + 1; q < rows.length; q++) turned = orthogonalise(rows[p]!, rows[q]!) || turned;
    }
    if (!turned) break;
  }
  return rows.map((row) => Math.sqrt(dot(row, row))).sort((a, b) => b - a);
}

const maximumSweeps = 60;
/** Rows whose cosine is below it count as orthogonal. */
const orthogonalCosine = 1e-14;

function orthogonalise(a: Float64Array, b: Float64Array): boolean {
  const alpha = dot(a, a);
  const beta = dot(b, b);
  const gamma = dot(a, b);
  if (Math.abs(gamma) <= orthogonalCosine * Math.sqrt(alpha * beta)) return false;
  const zeta = (beta - alpha) / (2 * gamma);
  const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = c * t;
  for (let index = 0; index < a.length; index++) {
    const x = a[index]!;
    const y = b[index]!;
    a[index] = c * x - s * y;
    b[index] = s * x + c * y;
  }
  return true;
}

function meanOverPairs<T>(values: readonly T[], measure: (a: T, b: T) => number): number {
  let sum = 0;
  let pairs = 0;
  for (let first = 0; first < values.length; first++) {
    for (let second = first + 1; second < values.length; second++) {
      sum += measure(values[first]!, values[second]!);
      pairs++;
    }
  }
  return pairs > 0 ? sum / pairs : Number.NaN;
}

function entropyOf(values: readonly number[], sum: number): number {
  return values.reduce((total, value) => {
    const p = value / sum;
    return p > 0 ? total - p * log(p) : total;
  }, 0);
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!;
  return sum;
}
