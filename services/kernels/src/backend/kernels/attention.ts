import type { KernelConfig } from '../../tensors.js';
import { input, kernel } from '../kernel-registration.js';
import { floatBits } from '../kernel-runner.js';

/** Attention by heads and its gradient. */
export const attentionKernels: readonly KernelConfig[] = [
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
];

/** How attention looks: heads, the factor of the scores, and whether a place sees none after itself. */
interface AttentionAttributes {
  readonly heads: number;
  readonly scale: number;
  readonly causal: boolean;
}
