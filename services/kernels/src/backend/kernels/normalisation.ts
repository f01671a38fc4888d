import type { KernelConfig } from '../../tensors.js';
import { input, kernel } from '../kernel-registration.js';
import { floatBits } from '../kernel-runner.js';
import { product } from '../layout.js';

/** Normalisation along the last axis, and what is made of sums of exponentials, with their gradients. */
export const normalisationKernels: readonly KernelConfig[] = [
  kernel<{ epsilon: number }>('IsthmusLayerNorm', ({ inputs, attributes, backend }) => {
    const x = input(inputs, 'x');
    const count = x.shape[x.shape.length - 1] as number;
    const rows = product(x.shape) / count;
    const outputs = [
      backend.output(x.shape, 'float32'),
      backend.output(x.shape, 'float32'),
      backend.output([rows], 'float32'),
    ];
    const operands = [x, input(inputs, 'gain'), input(inputs, 'bias'), ...outputs];
    const parameters = [
      ...operands.map((tensor) => backend.address(tensor)),
      count,
      floatBits(attributes.epsilon),
    ];
    backend.runner.run('layerNorm', parameters, rows, 8 + count);
    return outputs;
  }),
  kernel('IsthmusLayerNormGradient', ({ inputs, backend }) => {
    const dy = input(inputs, 'dy');
    const count = dy.shape[dy.shape.length - 1] as number;
    const out = backend.output(dy.shape, 'float32');
    const operands = [dy, input(inputs, 'y'), input(inputs, 'gain'), input(inputs, 'deviations'), out];
    const parameters = [...operands.map((tensor) => backend.address(tensor)), count];
    backend.runner.run('layerNormGradient', parameters, product(dy.shape) / count, 8 + count);
    return out;
  }),
  kernel('IsthmusSoftmaxGradient', ({ inputs, backend }) => {
    const y = input(inputs, 'y');
    const count = y.shape[y.shape.length - 1] as number;
    const out = backend.output(y.shape, 'float32');
    const parameters = [y, input(inputs, 'dy'), out].map((tensor) => backend.address(tensor));
    if (count > 0)
      backend.runner.run('softmaxGradient', [...parameters, count], product(y.shape) / count, count);
    return out;
  }),
  kernel('IsthmusLogSumExp', ({ inputs, backend }) => {
    const x = input(inputs, 'x');
    const count = x.shape[x.shape.length - 1] as number;
    const outputs = [backend.output(x.shape.slice(0, -1), 'float32'), backend.output(x.shape, 'float32')];
    const labels = inputs.labels === undefined ? 0 : backend.address(inputs.labels);
    const parameters = [...[x, ...outputs].map((tensor) => backend.address(tensor)), count, labels];
    backend.runner.run('logSumExp', parameters, product(x.shape) / Math.max(1, count), 8 + count * 2);
    return outputs;
  }),
  kernel('IsthmusSampledLogSumExp', ({ inputs, backend }) => {
    const [rows, dim] = input(inputs, 'queries').shape as [number, number];
    const count = input(inputs, 'vectors').shape[0] as number;
    const outputs = [[rows], [rows, count], [rows, 1]].map((shape) => backend.output(shape, 'float32'));
    const addresses = (...names: string[]): number[] =>
      names.map((name) => (inputs[name] === undefined ? 0 : backend.address(input(inputs, name))));
    const parameters = [
      ...addresses('queries', 'vectors'),
      ...outputs.map((tensor) => backend.address(tensor)),
      dim,
      count,
      ...addresses('shifts', 'ids', 'targets', 'groups', 'targetGroups', 'groupShifts'),
    ];
    backend.runner.run('sampledLogSumExp', parameters, rows, 8 + (count * dim) / 4 + count * 3, 4);
    return outputs;
  }),
  kernel('IsthmusLogSumExpGradient', ({ inputs, backend }) => {
    const exponentials = input(inputs, 'exponentials');
    const count = exponentials.shape[exponentials.shape.length - 1] as number;
    const out = backend.output(exponentials.shape, 'float32');
    const labels = inputs.labels === undefined ? 0 : backend.address(inputs.labels);
    const parameters = [
      ...[exponentials, input(inputs, 'dy'), out].map((tensor) => backend.address(tensor)),
      count,
      labels,
    ];
    backend.runner.run(
      'logSumExpGradient',
      parameters,
      product(exponentials.shape) / Math.max(1, count),
      8 + count,
    );
    return out;
  }),
];
