import type { AdamAttributes } from '../../adam-step.js';
import type { KernelConfig, TensorInfo } from '../../tensors.js';
import { input, kernel } from '../kernel-registration.js';
import { floatBits } from '../kernel-runner.js';
import { product } from '../layout.js';
import { batchMatMul } from './products.js';

const grain = 1024;

/**
 * Operations that tfjs has no kernel for, because it composes them of several. A name begins with `Isthmus`; other backends
 * have none of them and compose (`runFused`).
 */
export const fusedKernels: readonly KernelConfig[] = [
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
  kernel<AttentionAttributes>('IsthmusAttention', ({ inputs, attributes, backend }) => {
    const q = input(inputs, 'q');
    const [batch, places, dim] = q.shape as [number, number, number];
    const { heads, scale, causal } = attributes;
    const out = backend.output(q.shape, 'float32');
    const weights = backend.output([batch, heads, places, places], 'float32');
    const operands = [q, input(inputs, 'k'), input(inputs, 'v'), out, weights];
    const parameters = [
      ...operands.map((tensor) => backend.address(tensor)),
      ...[places, heads, dim / heads, floatBits(scale), Number(causal)],
      inputs.lengths === undefined ? 0 : backend.address(inputs.lengths),
    ];
    backend.runner.run(
      'attention',
      parameters,
      batch * heads,
      (places * places * dim) / heads / 2 + places * places * 4,
    );
    return [out, weights];
  }),
  kernel<AttentionAttributes>('IsthmusAttentionGradient', ({ inputs, attributes, backend }) => {
    const q = input(inputs, 'q');
    const weights = input(inputs, 'weights');
    const [batch, places, dim] = q.shape as [number, number, number];
    const { heads, scale } = attributes;
    const outputs = [q, q, q].map(({ shape }) => backend.output(shape, 'float32'));
    const room = backend.output(weights.shape, 'float32');
    const operands = [
      q,
      input(inputs, 'k'),
      input(inputs, 'v'),
      weights,
      input(inputs, 'dy'),
      ...outputs,
      room,
    ];
    const parameters = [
      ...operands.map((tensor) => backend.address(tensor)),
      ...[places, heads, dim / heads, floatBits(scale)],
    ];
    backend.runner.run(
      'attentionGradient',
      parameters,
      batch * heads,
      (places * places * dim) / heads + places * places * 4,
    );
    backend.disposeData(room.dataId);
    return outputs;
  }),
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
  kernel('IsthmusNearestCode', ({ inputs, backend }) => {
    const [rows, codes] = [input(inputs, 'rows'), input(inputs, 'codes')];
    const [count, dim] = rows.shape as [number, number];
    const out = backend.output([count], 'int32');
    const parameters = [rows, codes, out].map((tensor) => backend.address(tensor));
    const size = codes.shape[0] as number;
    backend.runner.run('nearestCode', [...parameters, dim, size], count, (size * (4 + dim)) / 4);
    return out;
  }),
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

/** How attention looks: heads, the factor of the scores, and whether a place sees none after itself. */
interface AttentionAttributes {
  readonly heads: number;
  readonly scale: number;
  readonly causal: boolean;
}
