import { softplus } from '@isthmus/learning';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { partialLabelLoss } from './partial-label-loss.js';

/** A finite world: eta = P(c = 1 | x), e = P(s = 1 | c = 1, x), and any scores. */
const worlds = fc.array(
  fc.record({
    eta: fc.double({ min: 0, max: 1, noNaN: true }),
    e: fc.double({ min: 0.05, max: 1, noNaN: true }),
    f: fc.double({ min: -6, max: 6, noNaN: true }),
  }),
  { minLength: 1, maxLength: 4 },
);
const open = { clip: 0, nonNegative: false };

/** Every assignment of labels with its probability: s = 1 with e eta, independently for each x. */
function* labellings(world: readonly { readonly eta: number; readonly e: number }[]) {
  for (let bits = 0; bits < 2 ** world.length; bits++) {
    const labels = world.map((_, x) => (bits >> x) & 1);
    const probability = world.reduce((p, { eta, e }, x) => p * (labels[x] === 1 ? e * eta : 1 - e * eta), 1);
    yield { labels, probability };
  }
}

function risk(world: readonly { readonly eta: number; readonly f: number }[]): number {
  const sum = world.reduce((r, { eta, f }) => r + eta * softplus(-f) + (1 - eta) * softplus(f), 0);
  return sum / world.length;
}

function rowsOf(world: readonly { readonly e: number; readonly f: number }[], labels: readonly number[]) {
  return { scores: world.map(({ f }) => f), labels, propensities: world.map(({ e }) => e) };
}

describe('partialLabelLoss', () => {
  it('has the risk under full knowledge as its exact expectation over the labels', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        let expectation = 0;
        for (const { labels, probability } of labellings(world)) {
          expectation += probability * partialLabelLoss(rowsOf(world, labels), open).value;
        }
        expect(Math.abs(expectation - risk(world))).toBeLessThan(1e-12);
      }),
    );
  });

  it('has the gradient of that risk as the exact expectation of its gradient', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const expectation = world.map(() => 0);
        for (const { labels, probability } of labellings(world)) {
          const { gradient } = partialLabelLoss(rowsOf(world, labels), open);
          for (const [x, g] of gradient.entries()) expectation[x] = expectation[x]! + probability * g;
        }
        for (const [x, { eta, f }] of world.entries()) {
          const exact = (1 / (1 + Math.exp(-f)) - eta) / world.length;
          expect(Math.abs(expectation[x]! - exact)).toBeLessThan(1e-12);
        }
      }),
    );
  });

  it('agrees with differences of its value', () => {
    const rows = { scores: [0.3, -1.2, 2], labels: [1, 0, 1], propensities: [0.4, 0.7, 0.2] };
    for (const settings of [open, { clip: 0.5, nonNegative: false }]) {
      const { gradient } = partialLabelLoss(rows, settings);
      for (const [x, g] of gradient.entries()) {
        const at = (step: number) =>
          partialLabelLoss({ ...rows, scores: rows.scores.map((f, i) => f + (i === x ? step : 0)) }, settings)
            .value;
        expect(g).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 8);
      }
    }
  });

  it('has the variance (l+ - l-)^2 (eta / e - eta^2) for a single row', () => {
    fc.assert(
      fc.property(worlds, ([x]) => {
        const world = [x!];
        let [mean, square] = [0, 0];
        for (const { labels, probability } of labellings(world)) {
          const { value } = partialLabelLoss(rowsOf(world, labels), open);
          mean += probability * value;
          square += probability * value * value;
        }
        const exact = x!.f ** 2 * (x!.eta / x!.e - x!.eta ** 2);
        expect(Math.abs(square - mean * mean - exact)).toBeLessThan(1e-9 * (1 + square));
      }),
    );
  });

  it('is biased by clipping as the formula says, and by no more than its bound', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const settings = { clip: 0.5, nonNegative: false };
        let [expectation, bound] = [0, 0];
        for (const { labels, probability } of labellings(world)) {
          const { value, diagnostics } = partialLabelLoss(rowsOf(world, labels), settings);
          expectation += probability * value;
          bound = diagnostics.clipBiasBound;
        }
        const bias = world.reduce((sum, { eta, e, f }) => sum + eta * (e / Math.max(e, 0.5) - 1) * -f, 0);
        expect(Math.abs(expectation - risk(world) - bias / world.length)).toBeLessThan(1e-12);
        expect(Math.abs(bias / world.length)).toBeLessThanOrEqual(bound + 1e-12);
      }),
    );
  });

  it('counts what happened to the weights', () => {
    const { diagnostics } = partialLabelLoss(
      { scores: [0, 0, 0, 0], labels: [1, 1, 0, 0], propensities: [0.05, 0.5, 0.05, 1] },
      { clip: 0.1, nonNegative: false },
    );
    expect(diagnostics.largestWeight).toBe(10);
    expect(diagnostics.effectiveSampleSize).toBeCloseTo(144 / 104, 12);
    expect(diagnostics.clippedShare).toBe(0.5);
    expect(diagnostics.labelledShare).toBe(0.5);
  });

  it('cannot be driven below 0 with the non-negative correction, and then steps away from the overfit', () => {
    const rows = { scores: [8, 9], labels: [1, 1], propensities: [0.1, 0.1] };
    expect(partialLabelLoss(rows, open).value).toBeLessThan(0);
    const { value, gradient, diagnostics } = partialLabelLoss(rows, { clip: 0, nonNegative: true });
    expect(value).toBeGreaterThanOrEqual(0);
    expect(diagnostics.corrected).toBe(true);
    expect(gradient.every((g) => g > 0)).toBe(true);
  });

  it('is 0 for no rows', () => {
    expect(partialLabelLoss({ scores: [], labels: [], propensities: [] }, open).value).toBe(0);
  });
});
