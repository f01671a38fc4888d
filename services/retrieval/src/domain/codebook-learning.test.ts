import { createRandom } from '@isthmus/learning';
import { describe, expect, it } from '@jest/globals';
import { averageStep, kMeansStep, seedCodebook } from './codebook-learning.js';
import { assignCodes } from './interest-dictionary.js';

const dim = 2;
const seed = new Uint8Array(32).fill(3);

/** Four tight groups of 25 rows. */
function groups(): Float32Array {
  const random = createRandom(seed, 'groups');
  const centres = [
    [5, 0],
    [-5, 0],
    [0, 5],
    [0, -5],
  ];
  const rows = new Float32Array(100 * dim);
  for (let row = 0; row < 100; row++) {
    for (let i = 0; i < dim; i++) rows[row * dim + i] = centres[row % 4]![i]! + 0.2 * random.normal();
  }
  return rows;
}

describe('k-means', () => {
  it('never raises the mean squared distance, and finds groups that are apart', () => {
    const rows = groups();
    const codebook = seedCodebook(rows, dim, 4, createRandom(seed, 'codes'));
    const distances = Array.from({ length: 8 }, () => kMeansStep(codebook, rows, dim));
    for (let i = 1; i < distances.length; i++)
      expect(distances[i]!).toBeLessThanOrEqual(distances[i - 1]! + 1e-9);
    const codes = assignCodes({ dim, codebooks: [codebook] }, rows);
    for (let row = 4; row < 100; row++) expect(codes[row]).toBe(codes[row % 4]);
    expect(new Set(codes).size).toBe(4);
  });

  it('moves a code without rows to the row that is farthest from its own', () => {
    const rows = Float32Array.of(0, 0, 1, 0, 9, 0);
    const codebook = Float32Array.of(0, 0, 100, 100);
    kMeansStep(codebook, rows, dim);
    expect(Array.from(codebook)).toEqual([Math.fround(10 / 3), 0, 9, 0]);
  });

  it('refuses more codes than rows', () => {
    expect(() => seedCodebook(new Float32Array(4), dim, 3, createRandom(seed, 'codes'))).toThrow(RangeError);
  });
});

describe('averageStep', () => {
  it('is a step of k-means where nothing is kept', () => {
    const rows = groups();
    const byMeans = seedCodebook(rows, dim, 4, createRandom(seed, 'codes'));
    const byAverages = Float32Array.from(byMeans);
    const assigned = assignCodes({ dim, codebooks: [byMeans] }, rows);
    kMeansStep(byMeans, rows, dim);
    const averages = { counts: new Float64Array(4), sums: new Float64Array(8) };
    averageStep(
      byAverages,
      averages,
      rows,
      assigned,
      { decay: 0, deadShare: 0 },
      createRandom(seed, 'revival'),
    );
    expect(Array.from(byAverages)).toEqual(Array.from(byMeans));
  });

  it('revives a dead code once, so that the next step does not undo it', () => {
    const rows = Float32Array.of(1, 1, 1, 1);
    const codebook = Float32Array.of(1, 1, 50, 50);
    const averages = { counts: Float64Array.of(2, 0), sums: Float64Array.of(2, 2, 0, 0) };
    const settings = { decay: 0.9, deadShare: 0.5 };
    const random = createRandom(seed, 'revival');
    expect(averageStep(codebook, averages, rows, [0, 0], settings, random)).toBe(1);
    expect(Array.from(codebook.subarray(2))).toEqual([1, 1]);
    expect(averages.counts[1]).toBeCloseTo(0.5);
    averageStep(codebook, averages, rows, [0, 1], settings, random);
    expect(Array.from(codebook.subarray(2))).toEqual([1, 1]);
  });

  it('spares a code that was chosen in this very batch', () => {
    const codebook = Float32Array.of(0, 0, 5, 5);
    const averages = { counts: Float64Array.of(9, 0), sums: new Float64Array(4) };
    const rows = Float32Array.of(5, 5);
    const settings = { decay: 0.99, deadShare: 1 };
    expect(averageStep(codebook, averages, rows, [1], settings, createRandom(seed, 'revival'))).toBe(0);
  });
});
