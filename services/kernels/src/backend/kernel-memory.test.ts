import { beforeAll, describe, expect, it } from '@jest/globals';
import { adamStep } from '../adam-step.js';
import { crossEntropy } from '../cross-entropy.js';
import { linear } from '../mat-mul.js';
import { prepareKernels } from '../prepare-kernels.js';
import { releaseFloats, residentFloats } from '../resident-floats.js';
import { add, backend, mean, memory, type Tensor, tensor, tidy, zeros } from '../tensors.js';
import { differentiate } from '../value-and-gradients.js';
import type { IsthmusBackend } from './isthmus-backend.js';
import { KernelArena, KernelMemory, KernelMemoryError } from './kernel-memory.js';

const megabyte = 1024 * 1024;

describe('KernelMemory', () => {
  it('reuses what was released', () => {
    const blocks = new KernelMemory(16 * megabyte);
    const first = blocks.allocate(1000, 'a');
    blocks.release(first, 1000);
    expect(blocks.allocate(1001, 'b')).toBe(first);
    expect(blocks.usedBytes).toBeGreaterThanOrEqual(1001);
  });

  it('names what there is no room for, and goes on', () => {
    const blocks = new KernelMemory(4 * megabyte);
    expect(() => blocks.allocate(5 * megabyte, 'a float32 tensor of shape [1310720]')).toThrow(
      KernelMemoryError,
    );
    expect(() => blocks.allocate(5 * megabyte, 'a float32 tensor of shape [1310720]')).toThrow(
      /a float32 tensor of shape \[1310720\] \(5242880 bytes\): 0 of 4194304 bytes/,
    );
    expect(blocks.allocate(megabyte, 'a')).toBeGreaterThan(0);
  });

  it('serves tensors of ever other sizes from the same memory', () => {
    const blocks = new KernelMemory(64 * megabyte);
    const sizes = Array.from({ length: 400 }, (_, i) => (((i * 7919) % 97) + 1) * 80_000);
    const held: [address: number, bytes: number][] = [];
    for (const bytes of sizes) {
      if (held.length === 4) blocks.release(...held.shift()!);
      held.push([blocks.allocate(bytes, 'a batch'), bytes]);
      const spans = held.toSorted((a, b) => a[0] - b[0]);
      for (let i = 1; i < spans.length; i++)
        expect(spans[i]![0]).toBeGreaterThanOrEqual(spans[i - 1]![0] + spans[i - 1]![1]);
    }
    for (const [address, bytes] of held) blocks.release(address, bytes);
    expect(blocks.usedBytes).toBe(0);
    // Everything that was free has grown together again.
    expect(blocks.allocate(30 * megabyte, 'one large')).toBeGreaterThan(0);
  });

  it('keeps the blocks of an arena to itself until it is released', () => {
    const blocks = new KernelMemory(16 * megabyte);
    const arena = new KernelArena();
    blocks.enterArena(arena);
    const inside = blocks.allocate(4096, 'a');
    blocks.release(inside, 4096);
    expect(blocks.allocate(4096, 'b')).toBe(inside);
    blocks.leaveArena();
    expect(blocks.allocate(4096, 'c')).not.toBe(inside);
    blocks.releaseArena(arena);
    expect(blocks.allocate(4096, 'd')).toBe(inside);
  });
});

describe('the memory of tensors', () => {
  let own: IsthmusBackend;

  beforeAll(async () => {
    await prepareKernels();
    own = backend() as IsthmusBackend;
  });

  it('does not grow over ten thousand training steps', () => {
    const parameters = {
      weight: { shape: [6, 5], data: new Float32Array(30).fill(0.1) },
      bias: { shape: [5], data: new Float32Array(5) },
    };
    const moments = { first: new Float32Array(30), second: new Float32Array(30) };
    const numbers = { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };
    const train = (step: number) =>
      differentiate(
        parameters,
        ({ weight, bias }) => {
          const rows = 1 + (step % 7);
          const x = tensor(new Float32Array(rows * 6).fill(0.5), [rows, 6]);
          return { value: mean(crossEntropy(linear(x, weight, bias), new Int32Array(rows))) };
        },
        (name, gradient) => {
          if (name === 'weight') {
            adamStep({ parameter: parameters.weight.data, ...moments }, gradient as Tensor, step, numbers);
          }
        },
      );
    for (let step = 1; step <= 20; step++) train(step);
    const before = { used: own.usedBytes, tensors: memory().numTensors, total: own.runner.memory.totalBytes };
    for (let step = 21; step <= 10_000; step++) train(step);
    expect({
      used: own.usedBytes,
      tensors: memory().numTensors,
      total: own.runner.memory.totalBytes,
    }).toEqual(before);
  }, 120_000);

  it('is told by tf.memory()', () => {
    const before = memory();
    const x = zeros([10, 10]);
    expect(memory().numBytes - before.numBytes).toBe(400);
    expect(memory().unreliable).toBeFalsy();
    x.dispose();
    expect(memory().numBytes).toBe(before.numBytes);
  });

  it('ends with an error that the process survives', () => {
    const used = own.usedBytes;
    expect(() => tidy(() => add(zeros([40_000, 1]), zeros([1, 40_000])))).toThrow(
      /a float32 tensor of shape \[40000,40000\] \(6400000000 bytes\)/,
    );
    expect(own.usedBytes).toBe(used);
    expect(tidy(() => add(zeros([2]), 1).dataSync())).toEqual(Float32Array.of(1, 1));
  });

  it('shows in a tensor what is written to a resident array', () => {
    const array = residentFloats(3);
    const x = tensor(array, [3]);
    array.set([1, 2, 3]);
    expect(x.dataSync()).toEqual(Float32Array.of(1, 2, 3));
    x.dispose();
    expect(array[1]).toBe(2);
    releaseFloats(array);
  });
});
