import { beforeAll, describe, expect, it } from '@jest/globals';
import { gelu } from './activations.js';
import { attention } from './attention.js';
import { gatherRows } from './gather-rows.js';
import { capturePlan } from './inference-plan.js';
import { layerNorm } from './layer-norm.js';
import { linear } from './mat-mul.js';
import { prepareKernels } from './prepare-kernels.js';
import { add, keep, mean, memory, mul, reshape, softmax, type Tensor, tensor, tidy } from './tensors.js';

const [users, length, dim] = [3, 5, 8];

function values(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => (((i + 1) * 37 + seed * 11) % 29) / 14 - 1);
}

describe('a captured forward pass', () => {
  let weight: Tensor;
  let gain: Tensor;
  let bias: Tensor;
  let table: Tensor;

  beforeAll(async () => {
    await prepareKernels();
    weight = keep(tensor(values(dim * dim, 1), [dim, dim]));
    gain = keep(tensor(values(dim, 2), [dim]));
    bias = keep(tensor(values(dim, 3), [dim]));
    table = keep(tensor(values(11 * dim, 4), [11, dim]));
  });

  function forward({ x, rows }: { x: Tensor; rows: Tensor }): { out: Tensor; shares: Tensor } {
    const constant = tensor(values(dim, 9), [dim]);
    const looked = add(
      mul(reshape(x, [users, length, dim]), constant),
      gatherRows(table, rows, [users, length]),
    );
    const inner = layerNorm(looked, gain, bias);
    const mixed = attention(inner, inner, inner, { heads: 2, causal: true });
    const out = gelu(linear(add(looked, mixed), weight, bias, 'none'));
    return { out, shares: softmax(mean(out, 1)) };
  }

  const inputs = {
    x: { shape: [users * length, dim], dtype: 'float32' },
    rows: { shape: [users, length], dtype: 'int32' },
  } as const;

  function eager(x: Float32Array, rows: Int32Array): Float32Array[] {
    return tidy(() => {
      const { out, shares } = forward({
        x: tensor(x, [users * length, dim]),
        rows: tensor(rows, [users, length], 'int32'),
      });
      return [out.dataSync<'float32'>(), shares.dataSync<'float32'>()];
    }) as unknown as Float32Array[];
  }

  it('gives the bits of the eager pass for all inputs, whatever runs in between', () => {
    const plan = capturePlan(inputs, forward);
    for (let seed = 0; seed < 5; seed++) {
      const x = values(users * length * dim, seed);
      const rows = Int32Array.from({ length: users * length }, (_, i) => (i * 3 + seed) % 11);
      const expected = eager(x, rows);
      const { out, shares } = plan.run({ x, rows });
      expect([out, shares]).toEqual(expected);
    }
    plan.dispose();
  });

  it('refuses an index outside of a table, values of another length, and a run after its end', () => {
    const plan = capturePlan(inputs, forward);
    const x = values(users * length * dim, 0);
    const rows = new Int32Array(users * length);
    expect(() => plan.run({ x, rows: rows.with(4, 11) })).toThrow('Row 11 is outside');
    expect(() => plan.run({ x: x.subarray(1), rows })).toThrow(RangeError);
    plan.dispose();
    plan.dispose();
    expect(() => plan.run({ x, rows })).toThrow('disposed');
  });

  it('cannot depend on values', () => {
    const tensors = memory().numTensors;
    expect(() => capturePlan(inputs, ({ x }) => ({ out: mul(x, x.dataSync()[0] as number) }))).toThrow(
      'captured',
    );
    expect(memory().numTensors).toBe(tensors);
  });

  it('leaves no tensor behind', () => {
    const before = memory();
    capturePlan(inputs, forward).dispose();
    expect(memory().numTensors).toBe(before.numTensors);
    expect(memory().numDataBuffers).toBe(before.numDataBuffers);
  });
});
