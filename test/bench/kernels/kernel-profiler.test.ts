import { add, matMul, ones, prepareKernels, scoped } from '@isthmus/kernels';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { KernelProfiler, outside } from './kernel-profiler.js';

describe('KernelProfiler', () => {
  beforeAll(async () => {
    await prepareKernels();
  });

  it('counts calls, operations and what is left, by phase, and listens no longer once it stops', () => {
    let ms = 0;
    // Every look at the clock takes a millisecond: one inside of each call.
    const profiler = new KernelProfiler(() => ms++);
    const step = () => {
      profiler.enter('forward');
      const product = matMul(ones([6, 4]), ones([4, 5]));
      profiler.enter('backward');
      add(add(product, product), product);
    };
    scoped(() => {
      profiler.step(step);
      profiler.forget();
      profiler.step(step);
      profiler.step(step);
    });
    profiler.stop();
    scoped(() => matMul(ones([6, 4]), ones([4, 5])));
    const times = new Map(profiler.times().map((time) => [`${time.phase} ${time.name}`, time]));
    expect(times.get('forward matMul 6×4 · 4×5')).toMatchObject({ calls: 1, medianMs: 1, operations: 240 });
    expect(times.get('backward add')).toMatchObject({ calls: 2, medianMs: 2, operations: 0 });
    expect(times.get(`backward ${outside}`)?.medianMs).toBeGreaterThan(0);
  });
});
