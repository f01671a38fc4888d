import { prepareKernels, scoped, tensor } from '@isthmus/kernels';
import { softplus } from '@isthmus/learning';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { partialLabelLoss } from './partial-label-loss.js';

/**
 * The formula of the loss in float64, which unbiasedness is a property of: exact enumeration holds it to 1e-12, and the tensors that
 * training descends are held to the formula.
 */
function formula(
  scores: readonly number[],
  labels: readonly number[],
  propensities: readonly number[],
): number {
  const terms = scores.map((f, row) => {
    const weight = labels[row]! / propensities[row]!;
    return weight * softplus(-f) + (1 - weight) * softplus(f);
  });
  return terms.reduce((total, term) => total + term, 0) / terms.length;
}

const worlds = fc.array(
  fc.record({
    eta: fc.double({ min: 0, max: 1, noNaN: true }),
    e: fc.double({ min: 0.05, max: 1, noNaN: true }),
    f: fc.double({ min: -6, max: 6, noNaN: true }).map(Math.fround),
  }),
  { minLength: 1, maxLength: 5 },
);

describe('the formula of the partial-label loss', () => {
  beforeAll(() => prepareKernels());

  it('has the risk under full knowledge as its exact expectation over the labels', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const scores = world.map(({ f }) => f);
        const propensities = world.map(({ e }) => e);
        let expectation = 0;
        for (let pattern = 0; pattern < 2 ** world.length; pattern++) {
          const labels = world.map((_, x) => (pattern >> x) & 1);
          const probability = world.reduce(
            (product, { eta, e }, x) => product * (labels[x] === 1 ? e * eta : 1 - e * eta),
            1,
          );
          expectation += probability * formula(scores, labels, propensities);
        }
        const risks = world.map(({ eta, f }) => eta * softplus(-f) + (1 - eta) * softplus(f));
        const risk = risks.reduce((total, one) => total + one, 0) / world.length;
        expect(Math.abs(expectation - risk)).toBeLessThan(1e-12);
      }),
    );
  });

  it('is what the tensors compute, within the rounding of float32', () => {
    fc.assert(
      fc.property(worlds, fc.nat(31), (world, pattern) => {
        const scores = world.map(({ f }) => f);
        const rows = {
          labels: world.map((_, x) => (pattern >> x) & 1),
          propensities: world.map(({ e }) => e),
        };
        const open = { clip: 0, nonNegative: false };
        const computed = scoped(
          () => partialLabelLoss(tensor(scores, [scores.length]), rows, open).value.dataSync()[0]!,
        );
        const exact = formula(scores, rows.labels, rows.propensities);
        // Parts of up to 6 / 0.05 cancel in the sum.
        expect(Math.abs(computed - exact)).toBeLessThan(1e-6 * (1 + 2 * 120));
      }),
    );
  });
});
