import { hasFused, runFused } from './run-fused.js';
import { customGrad, type Tensor, tensor } from './tensors.js';

/** A matrix in compressed sparse rows: the elements of row r are those from `starts[r]` to `starts[r + 1]` - 1. */
export interface SparseMatrix {
  readonly rows: number;
  readonly columns: number;
  /** `[rows + 1]`, ascending from 0. */
  readonly starts: Int32Array;
  /** Column of each element. */
  readonly indices: Int32Array;
  /** Value of each element; ones where left out. */
  readonly values?: Float32Array;
}

/**
 * Sparse times dense: `[rows, columns] x [columns, dim]` → `[rows, dim]`. The gradient is with respect to `dense`: the transposed
 * matrix times dy, its elements in the order of the rows. Throws a RangeError where the matrix is malformed.
 */
export function sparseMatMul(matrix: SparseMatrix, dense: Tensor): Tensor {
  requireWellFormed(matrix, dense.shape[0] as number);
  const operation = customGrad((x) => ({
    value: product(matrix, x as Tensor),
    gradFunc: (dy: Tensor) => product(transposed(matrix), dy),
  }));
  return operation(dense);
}

/**
 * Sums of rows of a table by bags: `out[b] = sum of table[indices[i]]`, i from `starts[b]` to `starts[b + 1]` - 1, i ascending.
 * `table [rows, dim]`, `starts [bags + 1]` → `[bags, dim]`.
 */
export function embeddingBag(table: Tensor, indices: Int32Array, starts: Int32Array): Tensor {
  return sparseMatMul({ rows: starts.length - 1, columns: table.shape[0] as number, starts, indices }, table);
}

function product({ rows, starts, indices, values }: SparseMatrix, dense: Tensor): Tensor {
  if (hasFused()) {
    const inputs = {
      starts: tensor(starts, [starts.length], 'int32'),
      columns: tensor(indices, [indices.length], 'int32'),
      ...(values && { values: tensor(values, [values.length]) }),
      dense,
    };
    return runFused('IsthmusSparseTimesDense', inputs);
  }
  const dim = dense.shape[1] as number;
  const from = dense.dataSync<'float32'>();
  const out = new Float32Array(rows * dim);
  for (let row = 0; row < rows; row++) {
    for (let e = starts[row] as number; e < (starts[row + 1] as number); e++) {
      const at = (indices[e] as number) * dim;
      const value = values?.[e] ?? 1;
      for (let i = 0; i < dim; i++) out[row * dim + i]! += value * (from[at + i] as number);
    }
  }
  return tensor(out, [rows, dim]);
}

function transposed({ rows, columns, starts, indices, values }: SparseMatrix): SparseMatrix {
  const ends = new Int32Array(columns + 1);
  for (const column of indices) ends[column + 1]! += 1;
  for (let column = 0; column < columns; column++) ends[column + 1]! += ends[column] as number;
  const next = ends.slice();
  const transposedIndices = new Int32Array(indices.length);
  const transposedValues = new Float32Array(indices.length);
  for (let row = 0; row < rows; row++) {
    for (let e = starts[row] as number; e < (starts[row + 1] as number); e++) {
      const at = next[indices[e] as number]!++;
      transposedIndices[at] = row;
      transposedValues[at] = values?.[e] ?? 1;
    }
  }
  return { rows: columns, columns: rows, starts: ends, indices: transposedIndices, values: transposedValues };
}

function requireWellFormed(
  { rows, columns, starts, indices, values }: SparseMatrix,
  denseRows: number,
): void {
  if (columns !== denseRows)
    throw new RangeError(`A matrix of ${columns} columns takes no ${denseRows} rows`);
  if (starts.length !== rows + 1 || starts[0] !== 0 || starts[rows] !== indices.length) {
    throw new RangeError('The starts of a sparse matrix go from 0 to the number of its elements');
  }
  for (let row = 0; row < rows; row++) {
    if ((starts[row] as number) > (starts[row + 1] as number))
      throw new RangeError(`Row ${row} ends before it starts`);
  }
  for (const column of indices) {
    if (column < 0 || column >= columns)
      throw new RangeError(`Column ${column} is outside ${columns} columns`);
  }
  if (values !== undefined && values.length !== indices.length)
    throw new RangeError('An element has one value');
}
