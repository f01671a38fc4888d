import { kMeansStep } from './codebook-learning.js';
import { gathered } from './interest-dictionary.js';
import { squaredDistance } from './nearest-code.js';

/** Steps of k-means between the two halves. */
const steps = 4;

/**
 * Gives one code half of the rows of another, in place: two means inside the other's cell, from its code and the row farthest from
 * it. Both halves are as dear as the whole was.
 *
 * @param codebook `[codes, dim]`; the rows of both codes move
 * @param penalties see `nearestCode`
 * @param rows `[n, dim]`
 * @param assigned code of each row
 */
export function splitCell(
  codebook: Float32Array,
  penalties: Float32Array,
  rows: Float32Array,
  assigned: Int32Array,
  dim: number,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  const members: number[] = [];
  assigned.forEach((code, row) => {
    if (code === from) members.push(row);
  });
  const inside = gathered(rows, members, dim);
  const halves = new Float32Array(2 * dim);
  halves.set(codebook.subarray(from * dim, (from + 1) * dim));
  const farthest = farthestRow(inside, halves, dim);
  halves.set(inside.subarray(farthest * dim, (farthest + 1) * dim), dim);
  for (let step = 0; step < steps; step++) kMeansStep(halves, inside, dim);
  codebook.set(halves.subarray(0, dim), from * dim);
  codebook.set(halves.subarray(dim), to * dim);
  penalties[to] = penalties[from]!;
}

function farthestRow(rows: Float32Array, code: Float32Array, dim: number): number {
  let farthest = 0;
  let largest = -1;
  for (let row = 0; row * dim < rows.length; row++) {
    const distance = squaredDistance(rows, row, code, 0, dim);
    if (distance <= largest) continue;
    largest = distance;
    farthest = row;
  }
  return farthest;
}
