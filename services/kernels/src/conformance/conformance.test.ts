import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { prepareKernels } from '../prepare-kernels.js';
import { getBackend, memory, ready, setBackend, type Tensor, tidy } from '../tensors.js';
import { referenceCases } from './cases.js';

/** One suite for every backend on which the models run: values against references in double precision. */
describe.each(['isthmus', 'cpu', 'wasm'])('on the backend %s', (backend) => {
  beforeAll(async () => {
    await prepareKernels();
    await setBackend(backend);
    await ready();
  });

  it.each(referenceCases)('$name', ({ compute, expected, tolerance = 2e-6 }) => {
    expect(getBackend()).toBe(backend);
    const before = memory().numTensors;
    const values = tidy(() => Array.from((compute() as Tensor).dataSync()));
    expect(values).toHaveLength(expected.length);
    let worst = 0;
    expected.forEach((value, i) => {
      worst = Math.max(worst, Math.abs((values[i] as number) - value) / (1 + Math.abs(value)));
    });
    expect(worst).toBeLessThanOrEqual(tolerance);
    expect(memory().numTensors).toBe(before);
  });
});
