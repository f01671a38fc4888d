import type { DataType, KernelConfig, TensorInfo } from '../../tensors.js';
import type { IsthmusBackend } from '../isthmus-backend.js';
import { input, kernel } from '../kernel-registration.js';
import { floatBits } from '../kernel-runner.js';
import { ascendingAxes, product } from '../layout.js';

interface ReductionAttributes {
  readonly axis?: number | number[];
  readonly reductionIndices?: number | number[];
  readonly keepDims?: boolean;
}

/** How one run of neighbouring axes is reduced. */
interface Reduction {
  /** Kernel for `[rows, count]`, where there is one of its own. */
  readonly inner?: string;
  /** Kernel for `[outer, count, inner]`, an output a unit. */
  readonly middle: string;
  /** Whether a unit of the middle kernel is four outputs of one outer index. */
  readonly inFours?: boolean;
}

const sums: Reduction = { inner: 'sumInner', middle: 'sumMiddle', inFours: true };

/**
 * Operations along axes. Several axes are reduced one run of neighbours after the other, the last run first; the order
 * within a run is the kernel's.
 */
export const reductionKernels: readonly KernelConfig[] = [
  kernel<ReductionAttributes>('Sum', ({ inputs, attributes, backend }) => {
    const x = input(inputs, 'x');
    return x.dtype === 'float32'
      ? reduce(backend, x, attributes, sums, 'float32')
      : reduce(backend, x, attributes, { middle: 'sumIntegers' }, 'int32');
  }),
  kernel<ReductionAttributes>('Mean', ({ inputs, attributes, backend }) => {
    const x = input(inputs, 'x');
    if (x.dtype !== 'float32') throw new TypeError(`Mean takes float32, not ${x.dtype}`);
    const axes = ascendingAxes(attributes.axis, x.shape.length);
    const count = product(axes.map((axis) => x.shape[axis] as number));
    return reduce(backend, x, attributes, sums, 'float32', Math.fround(1 / count));
  }),
  reduction('Max', { inner: 'maxInner', middle: 'maxMiddle' }),
  reduction('Min', { middle: 'minMiddle' }),
  reduction('Prod', { middle: 'productMiddle' }),
  reduction('Any', { middle: 'anyMiddle' }, 'bool'),
  reduction('All', { middle: 'allMiddle' }, 'bool'),
  reduction('ArgMax', { middle: 'argMax' }, 'int32'),
  reduction('ArgMin', { middle: 'argMin' }, 'int32'),
  kernel<{ axis: number; exclusive: boolean; reverse: boolean }>(
    'Cumsum',
    ({ inputs, attributes, backend }) => {
      const x = input(inputs, 'x');
      const axis = attributes.axis < 0 ? attributes.axis + x.shape.length : attributes.axis;
      const out = backend.output(x.shape, 'float32');
      const count = x.shape[axis] as number;
      const inner = product(x.shape.slice(axis + 1));
      const lines = product(x.shape) / Math.max(1, count);
      const flags = [Number(attributes.exclusive), inner, Number(attributes.reverse)];
      backend.runner.run(
        'cumulativeSum',
        [backend.address(x), backend.address(out), count, ...flags],
        lines,
        count * 2,
      );
      return out;
    },
  ),
  kernel<{ k: number; sorted: boolean }>('TopK', ({ inputs, attributes, backend }) => {
    const x = input(inputs, 'x');
    const count = x.shape[x.shape.length - 1] as number;
    const rows = product(x.shape.slice(0, -1));
    const shape = [...x.shape.slice(0, -1), attributes.k];
    const values = backend.output(shape, 'float32');
    const indices = backend.output(shape, 'int32');
    const operands = [x, values, indices].map((tensor) => backend.address(tensor));
    if (attributes.k > 0) backend.runner.run('topK', [...operands, count, attributes.k], rows, count * 4);
    return [values, indices];
  }),
];

function reduction(kernelName: string, kind: Reduction, dtype: DataType = 'float32'): KernelConfig {
  return kernel<ReductionAttributes>(kernelName, ({ inputs, attributes, backend }) =>
    reduce(backend, input(inputs, 'x'), attributes, kind, dtype),
  );
}

function reduce(
  backend: IsthmusBackend,
  x: TensorInfo,
  attributes: ReductionAttributes,
  kind: Reduction,
  dtype: DataType,
  scale = 1,
): TensorInfo {
  const rank = x.shape.length;
  const axes = ascendingAxes(attributes.axis ?? attributes.reductionIndices, rank);
  const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const shape = attributes.keepDims ? kept : x.shape.filter((_, axis) => !axes.includes(axis));
  if (axes.length === 0) return backend.alias(x, x.shape, dtype);
  const runs = neighbourRuns(axes);
  let current = x;
  while (runs.length > 0) {
    const run = runs.pop() as [number, number];
    const reduced = reduceRun(backend, current, run, kind, dtype, runs.length === 0 ? scale : 1);
    if (current !== x) backend.disposeData(current.dataId);
    current = reduced;
  }
  return { ...current, shape };
}

/** Reduces the axes from `first` to before `end`; they stay with size one. */
function reduceRun(
  backend: IsthmusBackend,
  x: TensorInfo,
  [first, end]: [number, number],
  kind: Reduction,
  dtype: DataType,
  scale: number,
): TensorInfo {
  const outer = product(x.shape.slice(0, first));
  const count = product(x.shape.slice(first, end));
  const inner = product(x.shape.slice(end));
  const shape = x.shape.map((size, axis) => (axis >= first && axis < end ? 1 : size));
  const out = backend.output(shape, dtype);
  const isInner = inner === 1 && kind.inner !== undefined;
  const name = isInner ? (kind.inner as string) : kind.middle;
  const units = isInner ? outer : kind.inFours ? outer * Math.ceil(inner / 4) : outer * inner;
  const parameters = [backend.address(x), backend.address(out), count, floatBits(scale), inner];
  backend.runner.run(name, parameters, units, 4 + count / (isInner ? 4 : 1));
  return out;
}

/** Runs of neighbours in an ascending list, each from its first to past its last. */
function neighbourRuns(axes: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const axis of axes) {
    const last = runs[runs.length - 1];
    if (last?.[1] === axis) last[1] = axis + 1;
    else runs.push([axis, axis + 1]);
  }
  return runs;
}
