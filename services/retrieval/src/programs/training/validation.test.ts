import { describe, expect, it } from '@jest/globals';
import { recallAt, smoothRecall } from './validation.js';

describe('smoothRecall', () => {
  it('counts the first rank as one, rank k as one half, and far ones as nearly nothing', () => {
    expect(smoothRecall(Float64Array.of(0), 50)).toBe(1);
    expect(smoothRecall(Float64Array.of(50), 50)).toBe(0.5);
    expect(smoothRecall(Float64Array.of(5000), 50)).toBeLessThan(1e-3);
  });

  it('tells apart what recall does not', () => {
    const near = Float64Array.of(51, 300);
    const far = Float64Array.of(400, 300);
    expect(recallAt(near, 50)).toBe(recallAt(far, 50));
    expect(smoothRecall(near, 50)).toBeGreaterThan(smoothRecall(far, 50));
  });

  it('is 0 of nobody', () => {
    expect(smoothRecall(new Float64Array(), 50)).toBe(0);
  });
});
