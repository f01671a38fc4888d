import { kMeansStep, type RandomSource, seedCodebook } from './codebook-learning.js';
import { gathered, rowsByCell } from './interest-dictionary.js';

/**
 * One step of k-means inside each cell of the levels above, in place: the level of a k-means tree. A cell with fewer rows than codes
 * gives each row a code of its own; its other codes, and those of empty cells, repeat the first row (the mean, 0, where there is none),
 * so that the lowest of equals takes everything.
 *
 * @param codebook `[cells * codes, dim]`
 * @param rows what the levels above left, `[n, dim]`
 * @param cells cell of each row
 * @param start random numbers of the first step; undefined for a later one
 * @returns mean squared distance of the rows before the step
 */
export function treeLevelStep(
  codebook: Float32Array,
  rows: Float32Array,
  dim: number,
  cells: Uint32Array,
  codes: number,
  start: RandomSource | undefined,
): number {
  let total = 0;
  for (const [cell, members] of [...rowsByCell(cells)].sort(([a], [b]) => a - b)) {
    const own = codebook.subarray(cell * codes * dim, (cell + 1) * codes * dim);
    const inside = gathered(rows, members, dim);
    if (members.length <= codes) {
      for (let code = 0; code < codes; code++) {
        const row = code < members.length ? code : 0;
        own.set(inside.subarray(row * dim, (row + 1) * dim), code * dim);
      }
      continue;
    }
    if (start !== undefined) own.set(seedCodebook(inside, dim, codes, start));
    total += kMeansStep(own, inside, dim) * members.length;
  }
  return total / cells.length;
}
