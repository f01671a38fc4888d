import { hasFused, runFused } from './run-fused.js';
import { customGrad, gather, reshape, type Tensor, tensor } from './tensors.js';

/**
 * Rows of a table: `table [rows, dim]`, `indices` in row-major order of `shape` → `[...shape, dim]`. Indices are numbers, or
 * an int32 tensor where they are known only later (a plan's input).
 *
 * The gradient adds the rows of dy into a zero table in the order of the indices, in float32, one addition after the
 * other. Throws a RangeError for an index outside the table, and where `shape` does not hold as many as there are.
 */
export function gatherRows(
  table: Tensor,
  indices: Int32Array | Tensor,
  shape: readonly number[] = [indices instanceof Int32Array ? indices.length : indices.size],
): Tensor {
  const [rows, dim] = table.shape as [number, number];
  if (!(indices instanceof Int32Array)) {
    return reshape(gather(table, reshape(indices, [indices.size])), [...shape, dim]);
  }
  if (!hasFused()) requireRows(indices, rows);
  const rowsOfTable = customGrad((t) => ({
    value: gather(t as Tensor, tensor(indices, [indices.length], 'int32')),
    gradFunc: (dy: Tensor) => rowSums(dy, indices, rows, dim),
  }));
  return reshape(rowsOfTable(table), [...shape, dim]);
}

/** Our kernel looks at the indices itself; others read whatever lies there. */
function requireRows(indices: Int32Array, rows: number): void {
  for (const index of indices) {
    if (index < 0 || index >= rows) throw new RangeError(`Row ${index} is outside a table of ${rows} rows`);
  }
}

function rowSums(dy: Tensor, indices: Int32Array, rows: number, dim: number): Tensor {
  if (!hasFused()) return tensor(scatterAdd(dy.dataSync<'float32'>(), indices, rows, dim), [rows, dim]);
  const segmentIds = tensor(indices, [indices.length], 'int32');
  return runFused('UnsortedSegmentSum', { x: dy, segmentIds }, { numSegments: rows });
}

/** Sums the rows of `updates [indices.length, dim]` into a zero table `[rows, dim]`, in index order. */
function scatterAdd(updates: Float32Array, indices: Int32Array, rows: number, dim: number): Float32Array {
  const total = new Float32Array(rows * dim);
  for (let i = 0; i < indices.length; i++) {
    const from = i * dim;
    const to = (indices[i] as number) * dim;
    for (let j = 0; j < dim; j++) total[to + j] = (total[to + j] as number) + (updates[from + j] as number);
  }
  return total;
}
