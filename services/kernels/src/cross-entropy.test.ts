import { beforeAll, describe, expect, it } from '@jest/globals';
import { crossEntropy, logSumExp } from './cross-entropy.js';
import { prepareKernels } from './prepare-kernels.js';
import { tensor } from './tensors.js';

describe('crossEntropy', () => {
  beforeAll(async () => {
    await prepareKernels();
  });

  it.each([
    [3, 4],
    [1000, 16],
    [300, 1024],
  ])('agrees with float64 arithmetic over %d rows of %d classes', (rows, classes) => {
    const data = Float32Array.from({ length: rows * classes }, (_, i) => ((i * 7919) % 1000) / 100 - 5);
    const labels = Int32Array.from({ length: rows }, (_, i) => (i * 7) % classes);
    const logits = tensor(data, [rows, classes]);
    const sums = logSumExp(logits).dataSync();
    const losses = crossEntropy(logits, labels).dataSync();
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let i = 0; i < classes; i++) sum += Math.exp(data[row * classes + i] as number);
      const expected = Math.log(sum) - (data[row * classes + (labels[row] as number)] as number);
      expect(sums[row]).toBeCloseTo(Math.log(sum), 4);
      expect(losses[row]).toBeCloseTo(expected, 4);
    }
  });

  it('refuses a label outside of the classes', () => {
    expect(() => crossEntropy(tensor([1, 2], [1, 2]), Int32Array.of(2))).toThrow(RangeError);
  });
});
