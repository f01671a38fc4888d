import { type KernelConfig, type TensorInfo, util } from '../../tensors.js';
import type { IsthmusBackend } from '../isthmus-backend.js';
import { input, kernel } from '../kernel-registration.js';
import { floatBits } from '../kernel-runner.js';
import { product } from '../layout.js';
import { filled } from './shapes.js';

/** Reading rows by index, and writing them. */
export const tableKernels: readonly KernelConfig[] = [
  kernel<{ axis: number; batchDims: number }>('GatherV2', ({ inputs, attributes, backend }) => {
    const [x, indices] = [input(inputs, 'x'), input(inputs, 'indices')];
    if (attributes.batchDims !== 0) throw new RangeError('GatherV2 takes batchDims 0 only');
    const axis = util.parseAxisParam(attributes.axis, x.shape)[0] as number;
    return gather(backend, x, indices, axis);
  }),
  kernel<{ numSegments: number }>('UnsortedSegmentSum', ({ inputs, attributes, backend }) => {
    const [x, segments] = [input(inputs, 'x'), input(inputs, 'segmentIds')];
    return segmentSum(backend, x, segments, [
      attributes.numSegments,
      ...x.shape.slice(segments.shape.length),
    ]);
  }),
  kernel<{ shape: number[] }>('ScatterNd', ({ inputs, attributes, backend }) => {
    const [indices, updates] = [input(inputs, 'indices'), input(inputs, 'updates')];
    const depth = indices.shape[indices.shape.length - 1] as number;
    if (depth !== 1) throw new RangeError('ScatterNd takes indices into the first axis only');
    return segmentSum(backend, updates, indices, attributes.shape);
  }),
  kernel<{ depth: number; onValue: number; offValue: number; dtype: 'float32' | 'int32' | 'bool' }>(
    'OneHot',
    ({ inputs, attributes, backend }) => {
      const indices = input(inputs, 'indices');
      const out = filled(
        backend,
        [...indices.shape, attributes.depth],
        attributes.offValue,
        attributes.dtype,
      );
      const { depth, onValue } = attributes;
      const bits = attributes.dtype === 'float32' ? floatBits(onValue) : onValue | 0;
      const [from, to] = [backend.address(indices) / 4, backend.address(out) / 4];
      const count = product(indices.shape);
      backend.runner.runHere(() => {
        const { integers } = backend.runner.memory;
        for (let row = 0; row < count; row++) {
          const index = integers[from + row] as number;
          if (index >= 0 && index < depth) integers[to + row * depth + index] = bits;
        }
      });
      return out;
    },
  ),
  kernel('IsthmusNearestCode', ({ inputs, backend }) => {
    const [rows, codes] = [input(inputs, 'rows'), input(inputs, 'codes')];
    const [count, dim] = rows.shape as [number, number];
    const out = backend.output([count], 'int32');
    const parameters = [rows, codes, out].map((tensor) => backend.address(tensor));
    const size = codes.shape[0] as number;
    backend.runner.run('nearestCode', [...parameters, dim, size], count, (size * (4 + dim)) / 4);
    return out;
  }),
];

/** Slices of `x` along an axis, by index. Throws a RangeError for an index outside of the axis. */
export function gather(
  backend: IsthmusBackend,
  x: TensorInfo,
  indices: TensorInfo,
  axis: number,
): TensorInfo {
  const rows = x.shape[axis] as number;
  const [address, count] = [backend.address(indices), product(indices.shape)];
  backend.runner.runHere(() => requireRows(backend.runner.memory.integers, address / 4, count, rows));
  const out = backend.output(
    [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)],
    x.dtype,
  );
  const dim = product(x.shape.slice(axis + 1));
  const parameters = [x, indices, out].map((tensor) => backend.address(tensor));
  backend.runner.run(
    'gatherRows',
    [...parameters, count, dim, rows],
    count * product(x.shape.slice(0, axis)),
    2 + dim / 4,
  );
  return out;
}

function requireRows(integers: Int32Array, from: number, count: number, rows: number): void {
  for (let i = from; i < from + count; i++) {
    const index = integers[i] as number;
    if (index < 0 || index >= rows) throw new RangeError(`Row ${index} is outside a table of ${rows} rows`);
  }
}

/** Rows of zeros with `updates` added to those that `indices` name, in their order. Other indices add nothing. */
export function segmentSum(
  backend: IsthmusBackend,
  updates: TensorInfo,
  indices: TensorInfo,
  shape: readonly number[],
): TensorInfo {
  if (updates.dtype !== 'float32') throw new TypeError(`Rows of float32 are summed, not of ${updates.dtype}`);
  const out = backend.output(shape, 'float32');
  const [rows, dim] = [shape[0] as number, product(shape.slice(1))];
  const count = product(indices.shape);
  const parameters = [updates, indices, out].map((tensor) => backend.address(tensor));
  backend.runner.run(
    'segmentSum',
    [...parameters, count, dim],
    rows,
    1 + (count * (1 + dim / 4)) / Math.max(1, rows),
  );
  return out;
}
