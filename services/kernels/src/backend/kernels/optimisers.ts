import type { AdamAttributes } from '../../adam-step.js';
import type { KernelConfig } from '../../tensors.js';
import { input, kernel } from '../kernel-registration.js';
import { floatBits } from '../kernel-runner.js';
import { product } from '../layout.js';

const grain = 1024;

/** Steps of optimisers, in place; the output is the parameter. */
export const optimiserKernels: readonly KernelConfig[] = [
  kernel<{ rate: number; epsilon: number }>('IsthmusAdagrad', ({ inputs, attributes, backend }) => {
    const parameter = input(inputs, 'parameter');
    const operands = [parameter, input(inputs, 'squares'), input(inputs, 'gradient')];
    const numbers = [attributes.rate, attributes.epsilon].map(floatBits);
    const parameters = [...operands.map((tensor) => backend.address(tensor)), ...numbers];
    backend.runner.run('adagrad', parameters, product(parameter.shape), 8, grain);
    return backend.alias(parameter, parameter.shape, 'float32');
  }),
  kernel<AdamAttributes>('IsthmusAdam', ({ inputs, attributes, backend }) => {
    const parameter = input(inputs, 'parameter');
    const operands = [parameter, input(inputs, 'first'), input(inputs, 'second'), input(inputs, 'gradient')];
    const { firstShare, secondShare, rate, correction, epsilon, kept } = attributes;
    const numbers = [firstShare, secondShare, rate, correction, epsilon, kept].map(floatBits);
    const parameters = [...operands.map((tensor) => backend.address(tensor)), ...numbers];
    backend.runner.run('adam', parameters, product(parameter.shape), 3, grain);
    return backend.alias(parameter, parameter.shape, 'float32');
  }),
];
