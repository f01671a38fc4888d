import { prepareKernels } from '@isthmus/kernels';
import { createRandom, normalisedMutualInformation } from '@isthmus/learning';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { averageStep, kMeansStep, seedCodebook } from './codebook-learning.js';
import { assignCodes, residuals } from './interest-dictionary.js';

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

beforeAll(() => prepareKernels());

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

  it('recovers twelve Gaussian clusters that are apart, with as many codes or more (P11)', () => {
    for (const [codes, world] of [
      [12, 1],
      [12, 2],
      [14, 3],
    ] as const) {
      const { rows, labels } = clusters(12, 50, 8, world);
      const codebook = seedCodebook(rows, 8, codes, createRandom(seed, 'codes', world));
      for (let step = 0; step < 15; step++) kMeansStep(codebook, rows, 8);
      const found = assignCodes({ dim: 8, codebooks: [codebook] }, rows);
      expect(normalisedMutualInformation(found, labels)).toBeGreaterThan(0.95);
    }
  });

  it('leaves of the variance what the means do not explain (P8)', () => {
    const { rows } = clusters(5, 20, 4, 1);
    const codebook = seedCodebook(rows, 4, 5, createRandom(seed, 'codes'));
    for (let step = 0; step < 20; step++) kMeansStep(codebook, rows, 4);
    const codes = assignCodes({ dim: 4, codebooks: [codebook] }, rows);
    const rest = residuals({ dim: 4, codebooks: [codebook] }, rows, codes, 1);
    const explained = codes.reduce(
      (sum, code) => sum + squares(codebook.subarray(code * 4, code * 4 + 4)),
      0,
    );
    expect(squares(rest) / squares(rows)).toBeCloseTo((squares(rows) - explained) / squares(rows), 5);
    expect(squares(rest)).toBeLessThan(squares(rows));
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
  const settings = { decay: 0.99, deadShare: 0.05 };
  const noAverages = (codes: number) => ({
    counts: new Float64Array(codes),
    sums: new Float64Array(codes * dim),
  });

  it('is a step of k-means where nothing is kept (P8)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), (drawn) => {
        const rows = groups();
        const byMeans = seedCodebook(rows, dim, 4, createRandom(seed, 'codes', drawn));
        const byAverages = Float32Array.from(byMeans);
        const assigned = assignCodes({ dim, codebooks: [byMeans] }, rows);
        kMeansStep(byMeans, rows, dim);
        const once = { decay: 0, deadShare: 0 };
        averageStep(byAverages, noAverages(4), rows, assigned, once, createRandom(seed, 'revival'));
        expect(Array.from(byAverages)).toEqual(Array.from(byMeans));
      }),
    );
  });

  it('rests where every code is the mean of its rows (P8)', () => {
    const rows = groups();
    const codebook = seedCodebook(rows, dim, 4, createRandom(seed, 'codes'));
    for (let step = 0; step < 20; step++) kMeansStep(codebook, rows, dim);
    const assigned = assignCodes({ dim, codebooks: [codebook] }, rows);
    const before = Array.from(codebook);
    const averages = {
      counts: new Float64Array(4).fill(25),
      sums: Float64Array.from(codebook, (e) => 25 * e),
    };
    for (let step = 0; step < 50; step++)
      averageStep(codebook, averages, rows, assigned, settings, createRandom(seed, 'revival', step));
    for (const [i, value] of codebook.entries()) expect(value).toBeCloseTo(before[i]!, 5);
  });

  // encodec 61, WavTokenizer 89: revived before the update, with the assignment of before, the averages pull the code back.
  it('revives a dead code so that the next update does not undo it', () => {
    const rows = Float32Array.of(1, 1, 1, 1);
    const codebook = Float32Array.of(1, 1, 50, 50);
    const averages = { counts: Float64Array.of(2, 0), sums: Float64Array.of(2, 2, 0, 0) };
    const strict = { decay: 0.9, deadShare: 0.5 };
    const random = createRandom(seed, 'revival');
    expect(averageStep(codebook, averages, rows, [0, 0], strict, random)).toBe(1);
    expect(Array.from(codebook.subarray(2))).toEqual([1, 1]);
    expect(averages.counts[1]).toBeCloseTo(0.5);
    averageStep(codebook, averages, rows, [0, 1], strict, random);
    expect(Array.from(codebook.subarray(2))).toEqual([1, 1]);
    // Nobody chooses it for a while, and it stays where it was put.
    averageStep(codebook, averages, rows, [0, 0], { decay: 0.9, deadShare: 0.1 }, random);
    expect(Array.from(codebook.subarray(2))).toEqual([1, 1]);
  });

  // encodec 33
  it('spares a code that was chosen in this very batch', () => {
    const codebook = Float32Array.of(0, 0, 5, 5);
    const averages = { counts: Float64Array.of(9, 0), sums: new Float64Array(4) };
    const rows = Float32Array.of(5, 5);
    const strict = { decay: 0.99, deadShare: 1 };
    expect(averageStep(codebook, averages, rows, [1], strict, createRandom(seed, 'revival'))).toBe(0);
  });

  // soundstream-pytorch 8: under a threshold of 2, say, every one of many codes is dead however evenly all are used.
  it('measures what is dead by the fair part of a code, however many codes there are', () => {
    for (const codes of [2, 64, 1024]) {
      const rows = Float32Array.from({ length: codes * dim }, (_, i) => i);
      const codebook = Float32Array.from(rows);
      const averages = { counts: new Float64Array(codes).fill(1), sums: Float64Array.from(rows) };
      const random = createRandom(seed, 'revival');
      for (let step = 0; step < 64; step++) {
        // Half of the codes, in turns, get the whole batch.
        const assigned = Array.from({ length: codes }, (_, row) => (row - (row % 2) + (step % 2)) % codes);
        const chosen = Float32Array.from(assigned.flatMap((code) => [2 * code, 2 * code + 1]));
        expect(averageStep(codebook, averages, chosen, assigned, settings, random)).toBe(0);
      }
      const idle = Array.from({ length: codes }, () => 0);
      let revived = 0;
      for (let step = 0; step < 400 && revived === 0; step++)
        revived = averageStep(codebook, averages, new Float32Array(codes * dim), idle, settings, random);
      expect(revived).toBeGreaterThan(0);
    }
  });
});

/** Clusters whose centres have a deviation of 3 per dimension and their rows one of 0.5. */
function clusters(count: number, members: number, width: number, world: number) {
  const random = createRandom(seed, 'clusters', world);
  const centres = random.fillNormal(new Float32Array(count * width), 0, 3);
  const labels = Uint32Array.from({ length: count * members }, (_, row) => row % count);
  const rows = Float32Array.from(
    { length: labels.length * width },
    (_, i) => centres[labels[Math.floor(i / width)]! * width + (i % width)]! + 0.5 * random.normal(),
  );
  return { rows, labels };
}

function squares(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
