/**
 * Solves A x = b in place for a symmetric positive definite matrix by Cholesky's method: `b` becomes x and the lower
 * triangle of `a` its factor. Only + - * / and square roots in a fixed order.
 *
 * @param a row-major [dim, dim]; only the lower triangle is read
 */
export function solvePositiveDefinite(a: Float64Array, b: Float64Array, dim: number): void {
  factorPositiveDefinite(a, dim);
  solveFactored(a, b, dim);
}

/** The first half: the lower triangle of `a` becomes its factor. */
export function factorPositiveDefinite(a: Float64Array, dim: number): void {
  for (let row = 0; row < dim; row++) {
    const rowStart = row * dim;
    for (let column = 0; column <= row; column++) {
      const columnStart = column * dim;
      let sum = a[rowStart + column]!;
      for (let k = 0; k < column; k++) sum -= a[rowStart + k]! * a[columnStart + k]!;
      a[rowStart + column] = row === column ? Math.sqrt(sum) : sum / a[columnStart + column]!;
    }
  }
}

/** The second half: `b` becomes x, given the factor. */
export function solveFactored(a: Float64Array, b: Float64Array, dim: number): void {
  for (let row = 0; row < dim; row++) {
    let sum = b[row]!;
    for (let k = 0; k < row; k++) sum -= a[row * dim + k]! * b[k]!;
    b[row] = sum / a[row * dim + row]!;
  }
  for (let row = dim - 1; row >= 0; row--) {
    let sum = b[row]!;
    for (let k = row + 1; k < dim; k++) sum -= a[k * dim + row]! * b[k]!;
    b[row] = sum / a[row * dim + row]!;
  }
}

/** Gram matrix of the rows of a matrix [rows, dim], row-major [dim, dim]; summed row by row in float64. */
export function gramMatrix(rows: Float32Array, dim: number): Float64Array {
  const gram = new Float64Array(dim * dim);
  for (let start = 0; start < rows.length; start += dim) {
    for (let i = 0; i < dim; i++) {
      const value = rows[start + i]!;
      if (value === 0) continue;
      for (let j = 0; j <= i; j++) gram[i * dim + j] = gram[i * dim + j]! + value * rows[start + j]!;
    }
  }
  for (let i = 0; i < dim; i++) {
    for (let j = 0; j < i; j++) gram[j * dim + i] = gram[i * dim + j]!;
  }
  return gram;
}
