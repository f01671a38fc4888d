import type { KernelConfig, TensorInfo } from '../../tensors.js';
import { input, kernel } from '../kernel-registration.js';
import { product } from '../layout.js';

const grain = 1024;

/** Activations and gradients of elementwise operations that tfjs would take several passes for. */
export const activationKernels: readonly KernelConfig[] = [
  kernel('IsthmusGelu', ({ inputs, backend }) => {
    const x = input(inputs, 'x');
    const out = backend.output(x.shape, 'float32');
    backend.runner.run('gelu', [backend.address(x), backend.address(out)], product(x.shape), 12, grain);
    return out;
  }),
  ...Object.entries({
    IsthmusReluGradient: 'reluGradient',
    IsthmusGeluGradient: 'geluGradient',
    IsthmusTanhGradient: 'tanhGradient',
    IsthmusSigmoidGradient: 'sigmoidGradient',
  }).map(([kernelName, name]) =>
    kernel(kernelName, ({ inputs, backend }) => {
      const x = input(inputs, 'x');
      const out: TensorInfo = backend.output(x.shape, 'float32');
      const parameters = [x, input(inputs, 'dy'), out].map((tensor) => backend.address(tensor));
      backend.runner.run(name, parameters, product(x.shape), name === 'geluGradient' ? 16 : 1, grain);
      return out;
    }),
  ),
];
