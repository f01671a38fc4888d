import { log } from '@isthmus/learning';
import { splitCell } from './cell-splitting.js';
import { perplexityOf } from './dictionary-health.js';
import { nearestCode, squaredDistance } from './nearest-code.js';

/** How evenly codes are to be used, and what may be done for it. */
export interface BalanceSettings {
  /** Perplexity of the use over the number of codes that is enough, 0 to 1; 0 leaves everything to distance. */
  readonly target: number;
  /** Largest penalty, in mean squared distances of a row to its nearest code. */
  readonly bound: number;
  /** Most changes of the penalties that are tried. */
  readonly rounds: number;
  /** Most codes that may leave their few rows to halve the most used cell, where penalties are not enough. */
  readonly splits: number;
}

/** Share of the mean squared distance by which a code that is used e times its fair part becomes dearer in a round. */
const rate = 0.1;

/**
 * Balances the use of a codebook in place, in three ways, each where the one before is not enough:
 *
 * 1. a code without any row halves the most used cell;
 * 2. a penalty for each code, learnt by its occupancy: `w_j <- w_j + rate * s * log((n_j + 1) / (n/M + 1))`, kept within 0 and
 *    `bound * s`, with `s` the mean squared distance of rows to their nearest codes. Streaming VQ (2025) multiplies distances by a
 *    discount of popular codes; ours is added, so that cells stay convex. The most even penalties that were seen stay;
 * 3. the least used code halves the most used cell.
 *
 * It stops as soon as the perplexity is high enough.
 *
 * @param codebook `[codes, dim]`
 * @param penalties `[codes]`, as they are so far
 * @param rows `[n, dim]`
 * @returns codes that were moved, ascending; running averages of theirs have to start anew
 */
export function balanceUsage(
  codebook: Float32Array,
  penalties: Float32Array,
  rows: Float32Array,
  dim: number,
  settings: BalanceSettings,
): number[] {
  const codes = penalties.length;
  if (rows.length / dim < codes) return [];
  const moved = new Set<number>();
  const assign = (): Int32Array => nearestCode(rows, codebook, dim, penalties);
  let assigned = assign();
  const halve = (to: number, from: number): void => {
    splitCell(codebook, penalties, rows, assigned, dim, { from, to });
    moved.add(to).add(from);
    assigned = assign();
  };
  // Halving may leave another code without rows, so this is tried at most twice for every code.
  for (let tries = 0; tries < 2 * codes; tries++) {
    const counts = occupancyOf(assigned, codes);
    const unused = counts.indexOf(0);
    if (unused < 0) break;
    halve(unused, extremesOf(counts).most);
  }
  if (usedShare(assigned, codes) < settings.target) {
    learnPenalties(codebook, penalties, rows, dim, settings);
    assigned = assign();
  }
  for (let split = 0; split < settings.splits && usedShare(assigned, codes) < settings.target; split++) {
    const counts = occupancyOf(assigned, codes);
    const { least, most } = extremesOf(counts);
    if (counts[most]! <= 2 * counts[least]!) break;
    halve(least, most);
  }
  return [...moved].sort((a, b) => a - b);
}

/** Rows of each code. */
export function occupancyOf(assigned: ArrayLike<number>, codes: number): Uint32Array {
  const counts = new Uint32Array(codes);
  for (let row = 0; row < assigned.length; row++) counts[assigned[row]!]!++;
  return counts;
}

function learnPenalties(
  codebook: Float32Array,
  penalties: Float32Array,
  rows: Float32Array,
  dim: number,
  settings: BalanceSettings,
): void {
  const codes = penalties.length;
  const scale = meanDistance(codebook, rows, dim);
  const largest = Math.fround(settings.bound * scale);
  let assigned = nearestCode(rows, codebook, dim, penalties);
  let best = { penalties: penalties.slice(), share: usedShare(assigned, codes) };
  for (let round = 0; round < settings.rounds && best.share < settings.target; round++) {
    raise(penalties, occupancyOf(assigned, codes), rate * scale, largest);
    assigned = nearestCode(rows, codebook, dim, penalties);
    const share = usedShare(assigned, codes);
    if (share > best.share) best = { penalties: penalties.slice(), share };
  }
  penalties.set(best.penalties);
}

/** Perplexity over the number of codes; minus the share of unused codes where there are any, which counts as worse than all else. */
function usedShare(assigned: ArrayLike<number>, codes: number): number {
  const counts = occupancyOf(assigned, codes);
  const unused = counts.filter((count) => count === 0).length;
  return unused > 0 ? -unused / codes : perplexityOf(counts) / codes;
}

function raise(penalties: Float32Array, counts: Uint32Array, step: number, largest: number): void {
  const total = counts.reduce((a, b) => a + b, 0);
  const fair = total / counts.length;
  const raised = Float64Array.from(
    penalties,
    (penalty, code) => penalty + step * log((counts[code]! + 1) / (fair + 1)),
  );
  const least = raised.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  raised.forEach((penalty, code) => {
    penalties[code] = Math.min(largest, penalty - least);
  });
}

function extremesOf(counts: Uint32Array): { readonly least: number; readonly most: number } {
  return {
    least: counts.indexOf(counts.reduce((a, b) => Math.min(a, b))),
    most: counts.indexOf(counts.reduce((a, b) => Math.max(a, b))),
  };
}

function meanDistance(codebook: Float32Array, rows: Float32Array, dim: number): number {
  const assigned = nearestCode(rows, codebook, dim);
  let sum = 0;
  assigned.forEach((code, row) => {
    sum += squaredDistance(rows, row, codebook, code, dim);
  });
  return sum / assigned.length;
}
