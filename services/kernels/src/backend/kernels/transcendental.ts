import type { KernelConfig } from '../../tensors.js';
import { input, kernel } from '../kernel-registration.js';
import { product } from '../layout.js';
import { elementwise } from './unary.js';

/** Transcendental operations, each at most two units in the last place from the correctly rounded result. */
export const transcendentalKernels: readonly KernelConfig[] = [
  ...Object.entries({
    Exp: 'exp',
    Expm1: 'expm1',
    Log: 'log',
    Log1p: 'log1p',
    Tanh: 'tanh',
    Sigmoid: 'sigmoid',
    Softplus: 'softplus',
    Erf: 'erf',
    Rsqrt: 'rsqrt',
  }).map(([kernelName, name]) =>
    kernel(kernelName, ({ inputs, backend }) => {
      const x = input(inputs, 'x');
      if (x.dtype !== 'float32') throw new TypeError(`${kernelName} takes float32, not ${x.dtype}`);
      return elementwise(backend, name, x, 'float32', [], 6);
    }),
  ),
  kernel<{ dim: number }>('Softmax', ({ inputs, attributes, backend }) => {
    const x = input(inputs, 'logits');
    const rank = x.shape.length;
    if (attributes.dim !== -1 && attributes.dim !== rank - 1)
      throw new RangeError('Softmax is over the last axis');
    const out = backend.output(x.shape, 'float32');
    const count = x.shape[rank - 1] as number;
    const parameters = [backend.address(x), backend.address(out), count];
    if (count > 0) backend.runner.run('softmax', parameters, product(x.shape) / count, count * 2);
    return out;
  }),
];
