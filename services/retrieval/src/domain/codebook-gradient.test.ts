import { prepareKernels } from '@isthmus/kernels';
import { createRandom } from '@isthmus/learning';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { codebookGradient, gradientStep } from './codebook-gradient.js';
import { perplexityOf } from './dictionary-health.js';
import { nearestCode } from './nearest-code.js';
import { occupancyOf } from './usage-balance.js';

const dim = 2;
const values = (length: number) =>
  fc
    .array(
      fc.integer({ min: -32, max: 32 }).map((n) => n / 16),
      { minLength: length, maxLength: length },
    )
    .map((list) => Float32Array.from(list));
const assignments = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 5, maxLength: 5 });

beforeAll(() => prepareKernels());

describe('codebookGradient', () => {
  it('is what finite differences say (P7)', () => {
    fc.assert(
      fc.property(values(6), values(10), assignments, (codebook, rows, assigned) => {
        const { gradient } = codebookGradient(codebook, rows, assigned, dim);
        // Steps of a power of two are exact in float32 here, and the loss is quadratic.
        const step = 2 ** -6;
        codebook.forEach((value, i) => {
          const lossAt = (moved: number) =>
            codebookGradient(codebook.with(i, moved), rows, assigned, dim).loss;
          const slope = (lossAt(value + step) - lossAt(value - step)) / (2 * step);
          expect(gradient[i]!).toBeCloseTo(slope, 8);
        });
      }),
    );
  });

  it("is 2 (e - r) summed over a code's rows, over the number of rows (P7)", () => {
    const { loss, gradient } = codebookGradient(
      Float32Array.of(1, 1, 9, 9),
      Float32Array.of(0, 0, 4, 1),
      [0, 0],
      dim,
    );
    expect(loss).toBe((2 + 9) / 2);
    expect(Array.from(gradient)).toEqual([(2 - 6) / 2, 2 / 2, 0, 0]);
  });

  // RQ-VAE-Recommender 66: with a mean over dimensions the term shrinks with the width and codes collapse.
  it('does not shrink with the width of the vectors', () => {
    fc.assert(
      fc.property(values(6), values(10), assignments, (codebook, rows, assigned) => {
        const narrow = codebookGradient(codebook, rows, assigned, dim);
        const wide = codebookGradient(twice(codebook), twice(rows), assigned, 2 * dim);
        expect(wide.loss).toBeCloseTo(2 * narrow.loss, 9);
        narrow.gradient.forEach((value, i) => {
          const at = Math.floor(i / dim) * 2 * dim + (i % dim);
          expect(wide.gradient[at]!).toBeCloseTo(value, 9);
          expect(wide.gradient[at + dim]!).toBeCloseTo(value, 9);
        });
      }),
    );
  });
});

describe('gradientStep', () => {
  it('spreads codes that start near each other over the rows instead of collapsing, whatever the width', () => {
    for (const width of [2, 32]) {
      const random = createRandom(new Uint8Array(32), 'rows', width);
      const rows = random.fillNormal(new Float32Array(400 * width), 0, 1 / Math.sqrt(width));
      const codebook = random.fillNormal(new Float32Array(4 * width), 0, 0.01);
      let last = Number.POSITIVE_INFINITY;
      for (let step = 0; step < 300; step++) {
        const loss = gradientStep(codebook, rows, nearestCode(rows, codebook, width), width, 0.5);
        expect(loss).toBeLessThanOrEqual(last + 1e-6);
        last = loss;
      }
      const used = occupancyOf(nearestCode(rows, codebook, width), 4);
      expect(perplexityOf(used) / 4).toBeGreaterThan(0.8);
    }
  });
});

/** Each row beside itself. */
function twice(rows: Float32Array): Float32Array {
  return Float32Array.from({ length: rows.length * 2 }, (_, i) => {
    const row = Math.floor(i / (2 * dim));
    return rows[row * dim + (i % dim)]!;
  });
}
