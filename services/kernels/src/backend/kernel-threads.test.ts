import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { gelu } from '../activations.js';
import { attention } from '../attention.js';
import { runCanary } from '../canary.js';
import { crossEntropy, logSumExp } from '../cross-entropy.js';
import { gatherRows } from '../gather-rows.js';
import { layerNorm } from '../layer-norm.js';
import { linear, matMul } from '../mat-mul.js';
import { prepareKernels } from '../prepare-kernels.js';
import { sampledLogSumExp } from '../sampled-log-sum-exp.js';
import * as tf from '../tensors.js';
import { valueAndGradients } from '../value-and-gradients.js';

const workers: Worker[] = [];

function spawn(source: string, workerData: unknown): void {
  const worker = new Worker(source, { eval: true, workerData });
  worker.unref();
  workers.push(worker);
}

const sizes = fc.record({
  rows: fc.integer({ min: 1, max: 150 }),
  dim: fc.integer({ min: 1, max: 40 }),
  seed: fc.nat(),
});

function values(count: number, seed: number): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 22 - 2;
  });
}

/** A forward and backward pass over every kind of kernel; gives the bits of all gradients. */
function everything({ rows, dim, seed }: { rows: number; dim: number; seed: number }): Uint8Array[] {
  const wide = dim * 4;
  const parameters = {
    x: { shape: [rows, wide], data: values(rows * wide, seed) },
    y: { shape: [rows, wide], data: values(rows * wide, seed + 1) },
    weight: { shape: [wide, 48], data: values(wide * 48, seed + 2) },
    bias: { shape: [48], data: values(48, seed + 3) },
    gain: { shape: [wide], data: values(wide, seed + 4) },
  };
  const labels = Int32Array.from({ length: rows }, (_, i) => (i * 7 + seed) % 48);
  const chosen = Int32Array.from({ length: rows }, (_, i) => (i * i + seed) % rows);
  const { gradients, outputs } = valueAndGradients(parameters, ({ x, y, weight, bias, gain }) => {
    const mixed = tf.add(tf.mul(tf.sub(x, y), gain), tf.div(x, tf.add(tf.square(y), 1)));
    const normal = layerNorm(tf.maximum(mixed, tf.minimum(x, y)), gain, tf.mean(y, 0));
    const mapped = linear(gelu(normal), weight, bias, 'relu');
    const three = tf.reshape(normal, [1, rows, wide]);
    const looked = tf.reshape(
      attention(three, three, tf.transpose(three, [0, 1, 2]), { heads: 4, causal: true }),
      [rows, wide],
    );
    const bent = tf.add(tf.tanh(looked), tf.add(tf.sigmoid(x), tf.softplus(y)));
    const shares = tf.softmax(matMul(bent, y, true, false));
    const found = tf.concat([gatherRows(bent, chosen), tf.transpose(tf.transpose(x))], 1);
    const sampled = sampledLogSumExp(normal, tf.concat([y, bent], 0), {
      ids: Int32Array.from({ length: 2 * rows }, (_, i) => (i * 5 + seed) % rows),
      targets: chosen,
      shifts: values(2 * rows, seed + 5),
    });
    const loss = tf.add(tf.add(crossEntropy(mapped, labels), logSumExp(found)), sampled);
    const value = tf.add(tf.mean(loss), tf.add(tf.sum(tf.mul(shares, shares)), tf.max(tf.sum(bent, 1))));
    return { value, outputs: { loss } };
  });
  return [...Object.values(gradients), outputs.loss].map(
    (data) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  );
}

describe('threads of the kernels', () => {
  beforeAll(async () => {
    await prepareKernels();
  });

  afterAll(async () => {
    await prepareKernels({ threads: 1, spawn });
    await Promise.all(workers.map((worker) => worker.terminate()));
  });

  it('give the same bits whatever their number', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async (size) => {
        await prepareKernels({ threads: 1, spawn });
        const alone = everything(size);
        for (const threads of [2, 3, 8]) {
          await prepareKernels({ threads, spawn, divideAll: true });
          expect(everything(size)).toEqual(alone);
        }
      }),
      { numRuns: 40, seed: 20261124 },
    );
  }, 120_000);

  it('give the canary its digest', async () => {
    await prepareKernels({ threads: 1, spawn });
    const alone = runCanary();
    for (const threads of [2, 8]) {
      await prepareKernels({ threads, spawn, divideAll: true });
      expect(runCanary()).toBe(alone);
    }
  });

  it('sleep while there is nothing to do', async () => {
    await prepareKernels({ threads: 3, spawn });
    everything({ rows: 400, dim: 16, seed: 1 });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const before = process.cpuUsage();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const { user, system } = process.cpuUsage(before);
    // Three threads that looked for work all the time would take three seconds.
    expect((user + system) / 1e6).toBeLessThan(0.5);
  }, 60_000);

  it('are refused past their number', async () => {
    await expect(prepareKernels({ threads: 17, spawn })).rejects.toThrow(RangeError);
  });
});
