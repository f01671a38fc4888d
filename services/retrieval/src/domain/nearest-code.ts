import { nearestCodes, scoped, tensor } from '@isthmus/kernels';

/** Rows of one call of the kernel, which bounds the memory of backends that hold all distances. */
const rowsPerCall = 4096;

/** Squared distances between larger numbers than this leave float32. */
const largest = 1e17;

/**
 * The nearest code of each row by squared distance plus the code's penalty, in the order of sums of the kernels (`docs/kernels.md`);
 * the lowest of several equally near ones. Cells with penalties are those of a power diagram (Aurenhammer 1987) and stay convex. A
 * penalty is the square of one more coordinate, which all rows have at 0, so one kernel serves both forms.
 *
 * The kernels must be ready. Throws a RangeError for a number that is not finite or greater than 1e17.
 *
 * @param rows `[n, dim]`
 * @param codebook `[codes, dim]`
 * @param penalties `[codes]`, at least 0; undefined for none
 * @returns `[n]`
 */
export function nearestCode(
  rows: Float32Array,
  codebook: Float32Array,
  dim: number,
  penalties?: Float32Array,
): Int32Array {
  requireFinite(rows);
  const count = rows.length / dim;
  const penalised = penalties?.some((penalty) => penalty !== 0) ?? false;
  const width = penalised ? dim + 1 : dim;
  const codes = penalised ? widened(codebook, dim, Float32Array.from(penalties!, Math.sqrt)) : codebook;
  const nearest = new Int32Array(count);
  for (let start = 0; start < count; start += rowsPerCall) {
    const part = rows.subarray(start * dim, Math.min(count, start + rowsPerCall) * dim);
    scoped(() => {
      const values = penalised ? widened(part, dim) : part;
      const found = nearestCodes(
        tensor(values, [values.length / width, width]),
        tensor(codes, [codes.length / width, width]),
      );
      nearest.set(found.dataSync<'int32'>(), start);
    });
  }
  return nearest;
}

/** Squared distance of two rows, in float64. */
export function squaredDistance(
  a: Float32Array,
  rowOfA: number,
  b: Float32Array,
  rowOfB: number,
  dim: number,
): number {
  let sum = 0;
  for (let i = 0; i < dim; i++) {
    const difference = a[rowOfA * dim + i]! - b[rowOfB * dim + i]!;
    sum += difference * difference;
  }
  return sum;
}

function widened(rows: Float32Array, dim: number, last?: Float32Array): Float32Array {
  const count = rows.length / dim;
  const wide = new Float32Array(count * (dim + 1));
  for (let row = 0; row < count; row++) {
    wide.set(rows.subarray(row * dim, (row + 1) * dim), row * (dim + 1));
    if (last !== undefined) wide[row * (dim + 1) + dim] = last[row]!;
  }
  return wide;
}

function requireFinite(rows: Float32Array): void {
  for (let i = 0; i < rows.length; i++) {
    if (!(Math.abs(rows[i]!) <= largest)) throw new RangeError('A vector to be quantised is not finite');
  }
}
