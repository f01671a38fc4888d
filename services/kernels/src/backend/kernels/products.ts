import type { KernelConfig, TensorInfo } from '../../tensors.js';
import type { IsthmusBackend } from '../isthmus-backend.js';
import { input, kernel } from '../kernel-registration.js';
import { product } from '../layout.js';

/** Matrix products, dense and sparse, and affine maps. */
export const productKernels: readonly KernelConfig[] = [
  kernel<{ transposeA: boolean; transposeB: boolean }>('BatchMatMul', ({ inputs, attributes, backend }) =>
    batchMatMul(
      backend,
      input(inputs, 'a'),
      input(inputs, 'b'),
      attributes.transposeA,
      attributes.transposeB,
    ),
  ),
  kernel<{ rectified: boolean }>('IsthmusLinear', ({ inputs, attributes, backend }) =>
    batchMatMul(
      backend,
      input(inputs, 'x'),
      input(inputs, 'weight'),
      false,
      false,
      inputs.bias,
      attributes.rectified,
    ),
  ),
  kernel('IsthmusSparseTimesDense', ({ inputs, backend }) => {
    const [starts, columns, dense] = [
      input(inputs, 'starts'),
      input(inputs, 'columns'),
      input(inputs, 'dense'),
    ];
    const rows = product(starts.shape) - 1;
    const dim = dense.shape[1] as number;
    const out = backend.output([rows, dim], 'float32');
    const values = inputs.values === undefined ? 0 : backend.address(inputs.values);
    const parameters = [backend.address(starts), backend.address(columns), values, backend.address(dense)];
    const perRow = 1 + ((1 + dim / 4) * product(columns.shape)) / Math.max(1, rows);
    backend.runner.run('sparseTimesDense', [...parameters, backend.address(out), dim], rows, perRow);
    return out;
  }),
];

/**
 * Matrix products over the last two axes; the axes before are equal, or one operand has none but ones. With `bias`
 * `[columns]` it is added to each row; `rectified` gives max(0, x) of the result.
 */
export function batchMatMul(
  backend: IsthmusBackend,
  a: TensorInfo,
  b: TensorInfo,
  transposeA: boolean,
  transposeB: boolean,
  bias?: TensorInfo,
  rectified = false,
): TensorInfo {
  const [aRows, aColumns] = a.shape.slice(-2) as [number, number];
  const [bRows, bColumns] = b.shape.slice(-2) as [number, number];
  const [rows, depth] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
  const [inner, columns] = transposeB ? [bColumns, bRows] : [bRows, bColumns];
  if (depth !== inner) {
    throw new RangeError(`[${a.shape}] and [${b.shape}] have no matrix product: ${depth} is not ${inner}`);
  }
  const aBatch = product(a.shape.slice(0, -2));
  const bBatch = product(b.shape.slice(0, -2));
  const batches = Math.max(aBatch, bBatch);
  if ((aBatch !== batches && aBatch !== 1) || (bBatch !== batches && bBatch !== 1)) {
    throw new RangeError(`Batches of [${a.shape}] and [${b.shape}] do not fit`);
  }
  const leading = (aBatch >= bBatch ? a : b).shape.slice(0, -2);
  const out = backend.output([...leading, rows, columns], 'float32');
  const shared = bBatch === 1 && !transposeA && aBatch === batches;
  const flatRows = shared ? rows * batches : rows;
  const parameters = [
    ...[a, b, out].map((tensor) => backend.address(tensor)),
    flatRows,
    columns,
    depth,
    Number(transposeA),
    Number(transposeB),
    aBatch === 1 ? 0 : rows * depth,
    bBatch === 1 ? 0 : depth * columns,
    rows * columns,
    bias === undefined ? 0 : backend.address(bias),
    Number(rectified),
  ];
  if (columns === 0) return out;
  const grain = shared || batches === 1 ? 4 : rows;
  backend.runner.run('matMul', parameters, rows * batches, (columns * depth) / 4, grain);
  return out;
}
