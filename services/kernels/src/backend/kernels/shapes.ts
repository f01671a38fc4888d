import { type DataType, type KernelConfig, slice_util, type TensorInfo, util } from '../../tensors.js';
import type { IsthmusBackend } from '../isthmus-backend.js';
import { input, kernel } from '../kernel-registration.js';
import { floatBits } from '../kernel-runner.js';
import { joinedAxes, product, rowMajorStrides } from '../layout.js';
import { cast } from './unary.js';

/** Operations that move elements and compute nothing. */
export const shapeKernels: readonly KernelConfig[] = [
  kernel('Identity', ({ inputs, backend }) => {
    const x = input(inputs, 'x');
    return backend.alias(x, x.shape, x.dtype);
  }),
  kernel<{ shape: number[] }>('Reshape', ({ inputs, attributes, backend }) => {
    const x = input(inputs, 'x');
    const shape = util.inferFromImplicitShape(attributes.shape, product(x.shape)) as number[];
    return backend.alias(x, shape, x.dtype);
  }),
  kernel<{ dim: number }>('ExpandDims', ({ inputs, attributes, backend }) => {
    const x = input(inputs, 'input');
    const shape = [...x.shape];
    shape.splice(attributes.dim < 0 ? attributes.dim + shape.length + 1 : attributes.dim, 0, 1);
    return backend.alias(x, shape, x.dtype);
  }),
  kernel<{ shape: number[]; value: number; dtype?: DataType }>('Fill', ({ attributes, backend }) =>
    filled(backend, attributes.shape, attributes.value, attributes.dtype ?? 'float32'),
  ),
  kernel('ZerosLike', ({ inputs, backend }) => {
    const x = input(inputs, 'x');
    return filled(backend, x.shape, 0, x.dtype);
  }),
  kernel('OnesLike', ({ inputs, backend }) => {
    const x = input(inputs, 'x');
    return filled(backend, x.shape, 1, x.dtype);
  }),
  kernel<{ perm: number[] }>('Transpose', ({ inputs, attributes, backend }) =>
    transpose(backend, input(inputs, 'x'), attributes.perm),
  ),
  kernel<{ begin: number | number[]; size: number | number[] }>(
    'Slice',
    ({ inputs, attributes, backend }) => {
      const x = input(inputs, 'x');
      const [begin, size] = slice_util.parseSliceParams(x as never, attributes.begin, attributes.size) as [
        number[],
        number[],
      ];
      slice_util.assertParamsValid(x as never, begin, size);
      return slice(backend, x, begin, size);
    },
  ),
  kernel<{ paddings: [number, number][]; constantValue: number }>(
    'PadV2',
    ({ inputs, attributes, backend }) => {
      const x = input(inputs, 'x');
      const { paddings, constantValue } = attributes;
      const shape = x.shape.map((size, axis) => size + sum(paddings[axis] as [number, number]));
      const out = filled(backend, shape, constantValue, x.dtype);
      const before = paddings.map(([first]) => first);
      copyBox(
        backend,
        x,
        out,
        x.shape,
        rowMajorStrides(x.shape),
        rowMajorStrides(shape),
        0,
        offsetOf(before, shape),
      );
      return out;
    },
  ),
  kernel<{ axis: number }>('Concat', ({ inputs, attributes, backend }) => {
    const parts = Object.values(inputs);
    const [first] = parts as [TensorInfo];
    return concat(
      backend,
      parts,
      attributes.axis < 0 ? attributes.axis + first.shape.length : attributes.axis,
    );
  }),
  kernel<{ axis: number }>('Pack', ({ inputs, attributes, backend }) => {
    const parts = Object.values(inputs);
    const [first] = parts as [TensorInfo];
    const axis = attributes.axis < 0 ? attributes.axis + first.shape.length + 1 : attributes.axis;
    const widened = parts.map((part) => ({ ...part, shape: part.shape.toSpliced(axis, 0, 1) }));
    return concat(backend, widened, axis);
  }),
  kernel<{ axis: number }>('Unpack', ({ inputs, attributes, backend }) => {
    const x = input(inputs, 'value');
    const axis = attributes.axis < 0 ? attributes.axis + x.shape.length : attributes.axis;
    const count = x.shape[axis] as number;
    const shape = x.shape.toSpliced(axis, 1);
    return Array.from({ length: count }, (_, i) => ({ ...part(backend, x, axis, i, 1), shape }));
  }),
  kernel<{ numOrSizeSplits: number | number[]; axis: number }>(
    'SplitV',
    ({ inputs, attributes, backend }) => {
      const x = input(inputs, 'x');
      const axis = attributes.axis < 0 ? attributes.axis + x.shape.length : attributes.axis;
      let first = 0;
      return splitSizes(attributes.numOrSizeSplits, x.shape[axis] as number).map((size) => {
        const tensor = part(backend, x, axis, first, size);
        first += size;
        return tensor;
      });
    },
  ),
  kernel<{ reps: number[] }>('Tile', ({ inputs, attributes, backend }) => {
    const x = input(inputs, 'x');
    const out = backend.output(
      x.shape.map((size, axis) => size * (attributes.reps[axis] as number)),
      x.dtype,
    );
    const [own, target] = [rowMajorStrides(x.shape), rowMajorStrides(out.shape)];
    const sizes = x.shape.flatMap((size, axis) => [attributes.reps[axis] as number, size]);
    const from = own.flatMap((stride) => [0, stride]);
    const to = target.flatMap((stride, axis) => [stride * (x.shape[axis] as number), stride]);
    copyBox(backend, x, out, sizes, from, to);
    return out;
  }),
];

/** A tensor of one value. */
export function filled(
  backend: IsthmusBackend,
  shape: readonly number[],
  value: number,
  dtype: DataType,
): TensorInfo {
  const out = backend.output(shape, dtype);
  const bits = dtype === 'float32' ? floatBits(value) : value | 0;
  backend.runner.run('fill', [backend.address(out), bits], product(shape), 0.25, 1024);
  return out;
}

/** The tensor with its axes in another order. */
export function transpose(backend: IsthmusBackend, x: TensorInfo, order: readonly number[]): TensorInfo {
  const shape = order.map((axis) => x.shape[axis] as number);
  const own = rowMajorStrides(x.shape);
  const from = order.map((axis) => own[axis] as number);
  const to = rowMajorStrides(shape);
  if (isSwapOfLast(order)) return transposeMatrices(backend, x, shape);
  const out = backend.output(shape, x.dtype);
  copyBox(backend, x, out, shape, from, to);
  return out;
}

function isSwapOfLast(order: readonly number[]): boolean {
  const rank = order.length;
  return rank >= 2 && order.every((axis, i) => axis === (i < rank - 2 ? i : 2 * rank - 3 - i));
}

function transposeMatrices(backend: IsthmusBackend, x: TensorInfo, shape: number[]): TensorInfo {
  const out = backend.output(shape, x.dtype);
  const [columns, rows] = shape.slice(-2) as [number, number];
  const units = product(shape.slice(0, -2)) * Math.ceil(rows / 4);
  if (product(shape) === 0) return out;
  backend.runner.run(
    'transposeMatrices',
    [backend.address(x), backend.address(out), rows, columns],
    units,
    columns * 2,
  );
  return out;
}

/** The box that starts at `begin`. */
export function slice(
  backend: IsthmusBackend,
  x: TensorInfo,
  begin: readonly number[],
  size: readonly number[],
): TensorInfo {
  const out = backend.output(size, x.dtype);
  copyBox(backend, x, out, size, rowMajorStrides(x.shape), rowMajorStrides(size), offsetOf(begin, x.shape));
  return out;
}

function part(
  backend: IsthmusBackend,
  x: TensorInfo,
  axis: number,
  first: number,
  count: number,
): TensorInfo {
  return slice(
    backend,
    x,
    x.shape.map((_, i) => (i === axis ? first : 0)),
    x.shape.with(axis, count),
  );
}

function concat(backend: IsthmusBackend, parts: readonly TensorInfo[], axis: number): TensorInfo {
  const [first] = parts as [TensorInfo];
  const total = sum(parts.map((tensor) => tensor.shape[axis] as number));
  const dtype = parts.some((tensor) => tensor.dtype === 'float32') ? 'float32' : first.dtype;
  const out = backend.output(first.shape.with(axis, total), dtype);
  const strides = rowMajorStrides(out.shape);
  let offset = 0;
  for (const tensor of parts) {
    const same = tensor.dtype === dtype ? tensor : cast(backend, tensor, dtype);
    copyBox(backend, same, out, tensor.shape, rowMajorStrides(tensor.shape), strides, 0, offset);
    if (same !== tensor) backend.disposeData(same.dataId);
    offset += (tensor.shape[axis] as number) * (strides[axis] as number);
  }
  return out;
}

/** Copies a box of `sizes` elements from one layout to another. */
function copyBox(
  backend: IsthmusBackend,
  from: TensorInfo,
  to: TensorInfo,
  sizes: readonly number[],
  fromStrides: readonly number[],
  toStrides: readonly number[],
  fromOffset = 0,
  toOffset = 0,
): void {
  if (product(sizes) === 0) return;
  const axes = joinedAxes(sizes, [fromStrides, toStrides]);
  const row = axes.pop() as (typeof axes)[number];
  const parameters = [
    backend.address(from) + fromOffset * 4,
    backend.address(to) + toOffset * 4,
    axes.length,
    row.size,
    ...row.strides,
  ];
  for (const { size, strides } of axes) parameters.push(size, ...strides);
  backend.runner.run('copyBox', parameters, product(axes.map(({ size }) => size)), 8 + row.size / 4);
}

function offsetOf(position: readonly number[], shape: readonly number[]): number {
  const strides = rowMajorStrides(shape);
  return sum(position.map((index, axis) => index * (strides[axis] as number)));
}

function splitSizes(splits: number | readonly number[], size: number): number[] {
  if (typeof splits === 'number') return new Array<number>(splits).fill(size / splits);
  const known = sum(splits.filter((part) => part >= 0));
  return splits.map((part) => (part < 0 ? size - known : part));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
