import { describe, expect, it } from '@jest/globals';

import { factorSweep, transpose } from './implicit-factors.js';
import { solvePositiveDefinite } from './ridge-solve.js';

describe('factorSweep', () => {
  it('brings items of one audience together and leaves items without events at zero', () => {
    // Two audiences with two items each; nobody took item 4.
    const byUser = {
      offsets: Uint32Array.from([0, 2, 4, 6, 8]),
      neighbours: Uint32Array.from([0, 1, 0, 1, 2, 3, 2, 3]),
    };
    const items = Float32Array.from([0.1, 0.2, 0.15, -0.1, -0.2, 0.1, 0.05, 0.15, 0.3, 0.3]);
    for (let sweep = 0; sweep < 10; sweep++) {
      factorSweep(byUser, items, { dim: 2, alpha: 10, regularisation: 0.1 });
    }
    const cosine = (a: number, b: number) => {
      const dot = (x: number, y: number) =>
        items[2 * x]! * items[2 * y]! + items[2 * x + 1]! * items[2 * y + 1]!;
      return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    };
    expect(cosine(0, 1)).toBeGreaterThan(0.99);
    expect(cosine(2, 3)).toBeGreaterThan(0.99);
    expect(cosine(0, 2)).toBeLessThan(0.5);
    expect(Array.from(items.subarray(8))).toEqual([0, 0]);
  });

  it('turns a graph round and back', () => {
    const graph = { offsets: Uint32Array.from([0, 2, 2, 3]), neighbours: Uint32Array.from([1, 3, 0]) };
    const back = transpose(transpose(graph, 4), 3);
    expect(Array.from(back.offsets)).toEqual(Array.from(graph.offsets));
    expect(Array.from(back.neighbours)).toEqual(Array.from(graph.neighbours));
  });
});

describe('solvePositiveDefinite', () => {
  it('solves a system', () => {
    const right = Float64Array.of(1, 2);
    solvePositiveDefinite(Float64Array.of(4, 0, 1, 3), right, 2);
    expect(right[0]).toBeCloseTo(1 / 11, 12);
    expect(right[1]).toBeCloseTo(7 / 11, 12);
  });
});
