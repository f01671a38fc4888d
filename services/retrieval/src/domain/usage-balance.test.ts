import { prepareKernels } from '@isthmus/kernels';
import { createRandom } from '@isthmus/learning';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { kMeansStep, seedCodebook } from './codebook-learning.js';
import { perplexityOf } from './dictionary-health.js';
import { nearestCode } from './nearest-code.js';
import { balanceUsage, occupancyOf } from './usage-balance.js';

const dim = 8;
const codes = 16;
const settings = { target: 0.8, bound: 1, rounds: 8, splits: 4 };

beforeAll(() => prepareKernels());

/** One crowd of most rows and a few small groups far from it, as item vectors are after little training. */
function crowd(seed: number): Float32Array {
  const random = createRandom(new Uint8Array(32), 'crowd', seed);
  const centres = random.fillNormal(new Float32Array(codes * dim), 0, 1);
  return Float32Array.from({ length: 2000 * dim }, (_, i) => {
    const row = Math.floor(i / dim);
    const group = row < 1700 ? 0 : row % codes;
    return centres[group * dim + (i % dim)]! + 0.15 * random.normal();
  });
}

function learnt(rows: Float32Array, seed: number): Float32Array {
  const codebook = seedCodebook(rows, dim, codes, createRandom(new Uint8Array(32), 'codes', seed));
  for (let step = 0; step < 8; step++) kMeansStep(codebook, rows, dim);
  return codebook;
}

const share = (rows: Float32Array, codebook: Float32Array, penalties?: Float32Array) =>
  perplexityOf(occupancyOf(nearestCode(rows, codebook, dim, penalties), codes)) / codes;

describe('balanceUsage', () => {
  it('brings a crowd with a few small groups beside it to its target, along with k-means', () => {
    for (const seed of [1, 2, 3]) {
      const rows = crowd(seed);
      const codebook = learnt(rows, seed);
      expect(share(rows, codebook)).toBeLessThan(0.6);
      const penalties = new Float32Array(codes);
      for (let step = 0; step < 10; step++) {
        balanceUsage(codebook, penalties, rows, dim, settings);
        kMeansStep(codebook, rows, dim, penalties);
      }
      balanceUsage(codebook, penalties, rows, dim, settings);
      expect(share(rows, codebook, penalties)).toBeGreaterThanOrEqual(0.75);
    }
  });

  it('keeps penalties within their bound and never makes use less even', () => {
    const rows = crowd(4);
    const codebook = learnt(rows, 4);
    const assigned = nearestCode(rows, codebook, dim);
    let distance = 0;
    assigned.forEach((code, row) => {
      for (let i = 0; i < dim; i++) distance += (rows[row * dim + i]! - codebook[code * dim + i]!) ** 2;
    });
    let before = share(rows, codebook);
    const penalties = new Float32Array(codes);
    for (const bound of [0.01, 0.1, 0.5]) {
      balanceUsage(codebook, penalties, rows, dim, { target: 1, bound, rounds: 10, splits: 0 });
      const after = share(rows, codebook, penalties);
      expect(after).toBeGreaterThanOrEqual(before);
      expect(Math.max(...penalties)).toBeLessThanOrEqual((bound * distance) / 2000 + 1e-6);
      before = after;
    }
  });

  it('halves a crowd that lies around one point, though a few rows lie far out', () => {
    const random = createRandom(new Uint8Array(32), 'outliers');
    const rows = random.fillNormal(new Float32Array(1000 * dim), 0, 0.05);
    random.fillNormal(rows.subarray(0, 12 * dim), 0, 3);
    const codebook = learnt(rows, 7);
    expect(share(rows, codebook)).toBeLessThan(0.4);
    const penalties = new Float32Array(codes);
    for (let refresh = 0; refresh < 4; refresh++) balanceUsage(codebook, penalties, rows, dim, settings);
    expect(share(rows, codebook, penalties)).toBeGreaterThanOrEqual(settings.target);
  });

  it('does nothing where use is even enough, or where nobody asks for it', () => {
    const rows = crowd(5);
    const codebook = learnt(rows, 5);
    const penalties = new Float32Array(codes);
    const before = Array.from(codebook);
    expect(balanceUsage(codebook, penalties, rows, dim, { ...settings, target: 0 })).toEqual([]);
    expect(Array.from(penalties)).toEqual(new Array(codes).fill(0));
    expect(Array.from(codebook)).toEqual(before);
  });

  it('lets codes without rows halve the most used cells', () => {
    const rows = crowd(6);
    const codebook = learnt(rows, 6);
    codebook.fill(40, 3 * dim, 5 * dim);
    const penalties = new Float32Array(codes).fill(0);
    const moved = balanceUsage(codebook, penalties, rows, dim, { ...settings, target: 0 });
    expect(moved).toEqual(expect.arrayContaining([3, 4]));
    expect(Math.min(...occupancyOf(nearestCode(rows, codebook, dim, penalties), codes))).toBeGreaterThan(0);
  });
});
