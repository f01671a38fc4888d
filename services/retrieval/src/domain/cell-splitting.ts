import { gathered } from './interest-dictionary.js';

/** Steps of the power iteration that finds where a cell is longest. */
const steps = 5;

/**
 * Gives one code half of the rows of another, in place: the cell is cut across its longest direction through the median, and each half
 * has its mean. (Two means inside the cell would rather part a few rows far out from the crowd.) Both halves are as dear as the
 * whole was.
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
  const along = projections(inside, dim);
  const order = members.map((_, i) => i).sort((a, b) => along[a]! - along[b]! || a - b);
  const half = order.length >> 1;
  codebook.set(meanOf(inside, order.slice(half), dim), from * dim);
  if (half > 0) codebook.set(meanOf(inside, order.slice(0, half), dim), to * dim);
  penalties[to] = penalties[from]!;
}

/** Places of the rows on the longest axis of their cloud, up to scale. */
function projections(rows: Float32Array, dim: number): Float64Array {
  const count = rows.length / dim;
  const mean = meanOf(
    rows,
    Array.from({ length: count }, (_, row) => row),
    dim,
  );
  const centred = rows.map((value, i) => value - mean[i % dim]!);
  let axis = farthest(centred, dim);
  let along = new Float64Array(count);
  for (let step = 0; step <= steps; step++) {
    along = Float64Array.from({ length: count }, (_, row) => product(centred, row * dim, axis));
    const next = new Float64Array(dim);
    along.forEach((place, row) => {
      for (let i = 0; i < dim; i++) next[i]! += place * centred[row * dim + i]!;
    });
    const length = Math.sqrt(product(next, 0, next));
    if (length === 0) break;
    axis = next.map((value) => value / length);
  }
  return along;
}

function farthest(centred: Float32Array, dim: number): Float64Array {
  let row = 0;
  let largest = -1;
  for (let start = 0; start < centred.length; start += dim) {
    const own = centred.subarray(start, start + dim);
    const squares = product(own, 0, own);
    if (squares <= largest) continue;
    largest = squares;
    row = start;
  }
  return Float64Array.from(centred.subarray(row, row + dim));
}

function meanOf(rows: Float32Array, chosen: readonly number[], dim: number): Float64Array {
  const mean = new Float64Array(dim);
  for (const row of chosen) for (let i = 0; i < dim; i++) mean[i]! += rows[row * dim + i]! / chosen.length;
  return mean;
}

/** Product of the vector at `offset` with another. */
function product(
  values: Float32Array | Float64Array,
  offset: number,
  other: Float32Array | Float64Array,
): number {
  let sum = 0;
  for (let i = 0; i < other.length; i++) sum += values[offset + i]! * other[i]!;
  return sum;
}
