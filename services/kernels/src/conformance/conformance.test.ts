import { beforeAll, describe, expect, it } from '@jest/globals';
import { getBackend, memory, type Tensor, tidy } from '../tensors.js';
import { backends, missing, use } from './backends.js';
import { referenceCases } from './cases.js';

/** One suite for every backend on which the models run: values against references in double precision. */
describe.each(backends)('on the backend %s', (backend) => {
  const reason = missing(backend);
  if (reason !== undefined) {
    it.skip(reason, () => undefined);
    return;
  }

  beforeAll(() => use(backend));

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
