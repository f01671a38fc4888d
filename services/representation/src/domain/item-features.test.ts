import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { featureSimilarity, itemFeatures } from './item-features.js';

const table = (rows: number, width: number) =>
  fc
    .array(fc.float({ min: -3, max: 3, noNaN: true }), { minLength: rows * width, maxLength: rows * width })
    .map((values) => Float32Array.from(values));

describe('featureSimilarity', () => {
  it('is symmetric and within -1 and 1', () => {
    fc.assert(
      fc.property(table(2, 3), table(2, 2), (factors, content) => {
        const features = itemFeatures(factors, 3, content, 2);
        const there = featureSimilarity(features, 0, features, 1, 0.5);
        expect(there).toBe(featureSimilarity(features, 1, features, 0, 0.5));
        expect(Math.abs(there)).toBeLessThanOrEqual(1 + 1e-6);
      }),
    );
  });

  it('is 0 for an item that nothing is known of', () => {
    const features = itemFeatures(Float32Array.of(0, 0, 1, 2), 2, new Float32Array(0), 0);
    expect(featureSimilarity(features, 0, features, 1, 0.5)).toBe(0);
  });

  it('trusts an item with short factors less', () => {
    const features = itemFeatures(Float32Array.of(1, 0, 0.1, 0, 1, 0), 2, new Float32Array(0), 0);
    const [long, short] = [0, 1].map((row) => featureSimilarity(features, 2, features, row, 0.5));
    expect(short).toBeLessThan(long!);
    expect(short).toBeGreaterThan(0);
  });
});
