import { broadcast_util, type DataType, type KernelConfig, type TensorInfo, util } from '../../tensors.js';
import type { IsthmusBackend } from '../isthmus-backend.js';
import { input, kernel } from '../kernel-registration.js';
import { broadcastStrides, joinedAxes, product } from '../layout.js';

/** Elements that stay together where one row is divided among threads. */
const grain = 1024;

/** Operations on two tensors that broadcast. */
export const binaryKernels: readonly KernelConfig[] = [
  arithmetic('Add', 'add', 'addIntegers'),
  arithmetic('Sub', 'subtract', 'subtractIntegers'),
  arithmetic('Multiply', 'multiply', 'multiplyIntegers'),
  arithmetic('RealDiv', 'divide'),
  arithmetic('Maximum', 'maximum', 'maximumIntegers'),
  arithmetic('Minimum', 'minimum', 'minimumIntegers'),
  arithmetic('SquaredDifference', 'squaredDifference', 'squaredDifferenceIntegers'),
  comparison('Equal', 'equal', 'equalIntegers'),
  comparison('NotEqual', 'notEqual', 'notEqualIntegers'),
  comparison('Greater', 'greater', 'greaterIntegers'),
  comparison('GreaterEqual', 'greaterEqual', 'greaterEqualIntegers'),
  comparison('Less', 'less', 'lessIntegers'),
  comparison('LessEqual', 'lessEqual', 'lessEqualIntegers'),
  comparison('LogicalAnd', undefined, 'logicalAnd'),
  comparison('LogicalOr', undefined, 'logicalOr'),
];

function arithmetic(kernelName: string, ofFloats: string, ofIntegers?: string): KernelConfig {
  return kernel(kernelName, ({ inputs, backend }) => {
    const [a, b] = [input(inputs, 'a'), input(inputs, 'b')];
    const name = a.dtype === 'float32' ? ofFloats : ofIntegers;
    if (name === undefined) throw new TypeError(`${kernelName} takes float32, not ${a.dtype}`);
    return binary(backend, name, a, b, a.dtype);
  });
}

function comparison(kernelName: string, ofFloats: string | undefined, ofIntegers: string): KernelConfig {
  return kernel(kernelName, ({ inputs, backend }) => {
    const [a, b] = [input(inputs, 'a'), input(inputs, 'b')];
    const name = a.dtype === 'float32' ? ofFloats : ofIntegers;
    if (name === undefined) throw new TypeError(`${kernelName} takes bool, not ${a.dtype}`);
    return binary(backend, name, a, b, 'bool');
  });
}

/** `a op b` by a kernel that takes operands as `binary` in the assembly describes them. */
export function binary(
  backend: IsthmusBackend,
  name: string,
  a: TensorInfo,
  b: TensorInfo,
  dtype: DataType,
): TensorInfo {
  const shape = broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
  const out = backend.output(shape, dtype);
  const strides = [broadcastStrides(a.shape, shape), broadcastStrides(b.shape, shape)];
  const axes = joinedAxes(shape, strides);
  const row = axes.pop() as (typeof axes)[number];
  const form = row.strides[1] === 0 ? 1 : row.strides[0] === 0 ? 2 : 0;
  const parameters = [
    backend.address(a),
    backend.address(b),
    backend.address(out),
    form,
    axes.length,
    row.size,
  ];
  if (util.sizeFromShape(shape) === 0) return out;
  if (axes.length === 0) {
    backend.runner.run(name, parameters, row.size, 0.5, grain);
    return out;
  }
  for (const {
    size,
    strides: [left, right],
  } of axes)
    parameters.push(size, left as number, right as number);
  backend.runner.run(name, parameters, product(axes.map(({ size }) => size)), 8 + row.size / 2, 1);
  return out;
}
