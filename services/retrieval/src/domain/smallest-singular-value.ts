/** Sweeps after which one-sided Jacobi has converged for every matrix of our sizes. */
const sweeps = 30;

/**
 * Smallest singular value of a matrix `[rows, columns]`, rows at most columns, by one-sided Jacobi rotations of the rows (Hestenes
 * 1958) in float64: what the map `x -> x A` keeps of a difference at least. 0 where there are more rows than columns.
 */
export function smallestSingularValue(matrix: ArrayLike<number>, rows: number, columns: number): number {
  if (rows > columns) return 0;
  const a = Float64Array.from(matrix);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    let rotated = false;
    for (let i = 0; i < rows; i++)
      for (let j = i + 1; j < rows; j++) rotated = rotate(a, i * columns, j * columns, columns) || rotated;
    if (!rotated) break;
  }
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < rows; i++) smallest = Math.min(smallest, product(a, i * columns, i * columns, columns));
  return rows === 0 ? 0 : Math.sqrt(smallest);
}

/** Makes two rows orthogonal; says whether they were not. */
function rotate(a: Float64Array, p: number, q: number, columns: number): boolean {
  const pp = product(a, p, p, columns);
  const qq = product(a, q, q, columns);
  const pq = product(a, p, q, columns);
  if (Math.abs(pq) <= 1e-14 * Math.sqrt(pp * qq)) return false;
  const ratio = (qq - pp) / (2 * pq);
  const tangent = (ratio >= 0 ? 1 : -1) / (Math.abs(ratio) + Math.sqrt(1 + ratio * ratio));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = cosine * tangent;
  for (let i = 0; i < columns; i++) {
    const x = a[p + i]!;
    const y = a[q + i]!;
    a[p + i] = cosine * x - sine * y;
    a[q + i] = sine * x + cosine * y;
  }
  return true;
}

function product(a: Float64Array, p: number, q: number, columns: number): number {
  let sum = 0;
  for (let i = 0; i < columns; i++) sum += a[p + i]! * a[q + i]!;
  return sum;
}
