import { createRandom } from '@isthmus/learning';
import { describe, expect, it } from '@jest/globals';
import { smallestSingularValue } from './smallest-singular-value.js';

describe('smallestSingularValue', () => {
  it.each([
    ['a diagonal', [3, 0, 0, 0, -0.5, 0], 2, 3, 0.5],
    ['a rotation', [0.6, 0.8, -0.8, 0.6], 2, 2, 1],
    ['rows that point one way', [1, 2, 3, 2, 4, 6], 2, 3, 0],
    ['more rows than columns', [1, 0, 0, 1, 1, 1], 3, 2, 0],
  ] as const)('of %s', (_name, matrix, rows, columns, expected) => {
    expect(smallestSingularValue(matrix, rows, columns)).toBeCloseTo(expected, 12);
  });

  it('bounds from below what the matrix keeps of a difference, and is attained nearly (P5)', () => {
    const random = createRandom(new Uint8Array(32), 'matrix');
    const matrix = Array.from({ length: 4 * 6 }, () => random.normal());
    const smallest = smallestSingularValue(matrix, 4, 6);
    let least = Number.POSITIVE_INFINITY;
    for (let trial = 0; trial < 20_000; trial++) {
      const x = Array.from({ length: 4 }, () => random.normal());
      const image = Array.from({ length: 6 }, (_, j) =>
        x.reduce((sum, v, i) => sum + v * matrix[i * 6 + j]!, 0),
      );
      least = Math.min(least, Math.hypot(...image) / Math.hypot(...x));
    }
    expect(least).toBeGreaterThanOrEqual(smallest - 1e-9);
    expect(least).toBeLessThan(smallest * 1.3);
  });
});
