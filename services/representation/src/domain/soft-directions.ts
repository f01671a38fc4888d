/**
 * Rows scaled to nearly unit length: v / (|v| + softness m), m being the mean length of the rows that are not zero. A row
 * that little is known about (short, since the ridge keeps it so) stays short, so an inner product of two of them is
 * a cosine that is cautious about rare items: symmetric and within -1 to 1. Zero rows stay zero.
 *
 * @param rows row-major [rows, dim] @param softness 0 for the plain cosine
 */
export function softDirections(rows: Float32Array, dim: number, softness: number): Float32Array {
  const directions = new Float32Array(rows.length);
  const margin = softness * meanLength(rows, dim);
  for (let start = 0; start < rows.length; start += dim) {
    const length = lengthAt(rows, start, dim);
    if (length === 0) continue;
    for (let i = start; i < start + dim; i++) directions[i] = rows[i]! / (length + margin);
  }
  return directions;
}

/** The same for one row in float64, in place. @param margin `softness` times the mean length of the rows */
export function soften(row: Float64Array, margin: number): void {
  const length = lengthAt(row, 0, row.length);
  if (length === 0) return;
  for (let i = 0; i < row.length; i++) row[i] = row[i]! / (length + margin);
}

/** Mean Euclidean length of the rows that are not zero; 1 where all are. */
export function meanLength(rows: Float32Array, dim: number): number {
  let sum = 0;
  let count = 0;
  for (let start = 0; start < rows.length; start += dim) {
    const length = lengthAt(rows, start, dim);
    if (length === 0) continue;
    sum += length;
    count++;
  }
  return count === 0 ? 1 : sum / count;
}

function lengthAt(rows: Float32Array | Float64Array, start: number, dim: number): number {
  let squares = 0;
  for (let i = start; i < start + dim; i++) squares += rows[i]! * rows[i]!;
  return Math.sqrt(squares);
}
