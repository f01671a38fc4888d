import type { DataType, KernelConfig, TensorInfo } from '../../tensors.js';
import type { IsthmusBackend } from '../isthmus-backend.js';
import { input, kernel } from '../kernel-registration.js';
import { floatBits } from '../kernel-runner.js';
import { product } from '../layout.js';

const grain = 1024;

/** Operations on each element by itself. */
export const unaryKernels: readonly KernelConfig[] = [
  ofFloats('Abs', 'absolute'),
  ofFloats('Neg', 'negate'),
  ofFloats('Sqrt', 'squareRoot'),
  ofFloats('Square', 'square'),
  ofFloats('Reciprocal', 'reciprocal'),
  ofFloats('Relu', 'rectify'),
  ofFloats('Sign', 'sign'),
  ofFloats('Floor', 'floor'),
  ofFloats('Ceil', 'ceiling'),
  ofFloats('Round', 'round'),
  kernel<{ alpha: number }>('Step', ({ inputs, attributes, backend }) =>
    elementwise(backend, 'step', asFloats(input(inputs, 'x'), 'Step'), 'float32', [
      floatBits(attributes.alpha),
    ]),
  ),
  kernel<{ clipValueMin: number; clipValueMax: number }>('ClipByValue', ({ inputs, attributes, backend }) =>
    elementwise(backend, 'clip', asFloats(input(inputs, 'x'), 'ClipByValue'), 'float32', [
      floatBits(attributes.clipValueMin),
      floatBits(attributes.clipValueMax),
    ]),
  ),
  kernel('LogicalNot', ({ inputs, backend }) =>
    elementwise(backend, 'logicalNot', input(inputs, 'x'), 'bool'),
  ),
  kernel<{ dtype: DataType }>('Cast', ({ inputs, attributes, backend }) =>
    cast(backend, input(inputs, 'x'), attributes.dtype),
  ),
  kernel('Select', ({ inputs, backend }) => {
    const [condition, t, e] = [input(inputs, 'condition'), input(inputs, 't'), input(inputs, 'e')];
    const out = backend.output(t.shape, t.dtype);
    const count = product(t.shape);
    const span = count / Math.max(1, product(condition.shape));
    const operands = [condition, t, e, out].map((tensor) => backend.address(tensor));
    backend.runner.run('select', [...operands, span], count, 1, grain);
    return out;
  }),
];

function ofFloats(kernelName: string, name: string): KernelConfig {
  return kernel(kernelName, ({ inputs, backend }) =>
    elementwise(backend, name, asFloats(input(inputs, 'x'), kernelName), 'float32'),
  );
}

/** Runs a kernel whose parameters are x, out, and `more`. */
export function elementwise(
  backend: IsthmusBackend,
  name: string,
  x: TensorInfo,
  dtype: DataType,
  more: readonly number[] = [],
  work = 0.5,
): TensorInfo {
  const out = backend.output(x.shape, dtype);
  backend.runner.run(
    name,
    [backend.address(x), backend.address(out), ...more],
    product(x.shape),
    work,
    grain,
  );
  return out;
}

/** The tensor in another type: to int32 towards zero, to bool whether it is not zero. */
export function cast(backend: IsthmusBackend, x: TensorInfo, dtype: DataType): TensorInfo {
  if (x.dtype === dtype || (x.dtype === 'bool' && dtype === 'int32')) return backend.alias(x, x.shape, dtype);
  if (dtype === 'float32') return elementwise(backend, 'integersToFloats', x, dtype);
  if (dtype === 'int32') return elementwise(backend, 'floatsToIntegers', x, dtype);
  if (dtype === 'bool')
    return elementwise(backend, x.dtype === 'float32' ? 'floatsToTruth' : 'integersToTruth', x, dtype);
  throw new TypeError(`The kernels hold float32, int32 and bool; ${dtype} is none of them`);
}

function asFloats(x: TensorInfo, kernelName: string): TensorInfo {
  if (x.dtype !== 'float32') throw new TypeError(`${kernelName} takes float32, not ${x.dtype}`);
  return x;
}
