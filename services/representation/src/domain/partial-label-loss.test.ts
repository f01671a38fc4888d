import { type ParameterArray, prepareKernels, scoped, valueAndGradients, zeros } from '@isthmus/kernels';
import { softplus } from '@isthmus/learning';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { partialLabelDiagnostics } from './partial-label-diagnostics.js';
import { type PartialLabelRows, type PartialLabelSettings, partialLabelLoss } from './partial-label-loss.js';

/** A finite world: eta = P(c = 1 | x), e = P(s = 1 | c = 1, x), and any scores. */
const worlds = fc.array(
  fc.record({
    eta: fc.double({ min: 0, max: 1, noNaN: true }),
    e: fc.double({ min: 0.05, max: 1, noNaN: true }),
    f: fc.double({ min: -6, max: 6, noNaN: true }).map(Math.fround),
  }),
  { minLength: 1, maxLength: 4 },
);
const open = { clip: 0, nonNegative: false };
/** Weights of up to 1 / .05 times losses of up to 6, in float32. */
const rounding = 1e-4;

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

/** Value and gradient of what a step descends. */
function evaluate(
  rows: PartialLabelRows & { readonly scores: readonly number[] },
  settings: PartialLabelSettings,
) {
  const scores: ParameterArray = { shape: [rows.scores.length], data: Float32Array.from(rows.scores) };
  const { gradients, outputs } = valueAndGradients({ scores }, (tensors) => {
    const { value, objective, negative } = partialLabelLoss(tensors.scores, rows, settings);
    return { value: objective, outputs: { value, negative } };
  });
  return { value: outputs.value[0]!, negative: outputs.negative[0]!, gradient: gradients.scores };
}

beforeAll(() => prepareKernels());

describe('partialLabelLoss', () => {
  it('has the risk under full knowledge as its exact expectation over the labels', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        let expectation = 0;
        for (const { labels, probability } of labellings(world)) {
          expectation += probability * evaluate(rowsOf(world, labels), open).value;
        }
        expect(Math.abs(expectation - risk(world))).toBeLessThan(rounding);
      }),
    );
  });

  it('has the gradient of that risk as the exact expectation of its gradient', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const expectation = world.map(() => 0);
        for (const { labels, probability } of labellings(world)) {
          const { gradient } = evaluate(rowsOf(world, labels), open);
          for (const [x, g] of gradient.entries()) expectation[x] = expectation[x]! + probability * g;
        }
        for (const [x, { eta, f }] of world.entries()) {
          const exact = (1 / (1 + Math.exp(-f)) - eta) / world.length;
          expect(Math.abs(expectation[x]! - exact)).toBeLessThan(rounding);
        }
      }),
    );
  });

  it('agrees with differences of its value', () => {
    const rows = { scores: [0.3, -1.2, 2], labels: [1, 0, 1], propensities: [0.4, 0.7, 0.2] };
    for (const settings of [open, { clip: 0.5, nonNegative: false }]) {
      const { gradient } = evaluate(rows, settings);
      for (const [x, g] of gradient.entries()) {
        const at = (step: number) =>
          evaluate({ ...rows, scores: rows.scores.map((f, i) => f + (i === x ? step : 0)) }, settings).value;
        expect(g).toBeCloseTo((at(2 ** -7) - at(-(2 ** -7))) / 2 ** -6, 3);
      }
    }
  });

  it('has the variance (l+ - l-)^2 (eta / e - eta^2) for a single row', () => {
    fc.assert(
      fc.property(worlds, ([x]) => {
        const world = [x!];
        let [mean, square] = [0, 0];
        for (const { labels, probability } of labellings(world)) {
          const { value } = evaluate(rowsOf(world, labels), open);
          mean += probability * value;
          square += probability * value * value;
        }
        const exact = x!.f ** 2 * (x!.eta / x!.e - x!.eta ** 2);
        expect(Math.abs(square - mean * mean - exact)).toBeLessThan(1e-5 * (1 + square));
      }),
    );
  });

  it('is biased by clipping as the formula says, and by no more than its bound', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        let [expectation, bound] = [0, 0];
        for (const { labels, probability } of labellings(world)) {
          const rows = rowsOf(world, labels);
          expectation += probability * evaluate(rows, { clip: 0.5, nonNegative: false }).value;
          bound = partialLabelDiagnostics(rows.scores, rows, 0.5).clipBiasBound;
        }
        const bias = world.reduce((sum, { eta, e, f }) => sum + eta * (e / Math.max(e, 0.5) - 1) * -f, 0);
        expect(Math.abs(expectation - risk(world) - bias / world.length)).toBeLessThan(rounding);
        expect(Math.abs(bias / world.length)).toBeLessThanOrEqual(bound + 1e-12);
      }),
    );
  });

  it('cannot be driven below 0 with the non-negative correction, and then steps away from the overfit', () => {
    const rows = { scores: [8, 9], labels: [1, 1], propensities: [0.1, 0.1] };
    expect(evaluate(rows, open).value).toBeLessThan(0);
    const { value, gradient, negative } = evaluate(rows, { clip: 0, nonNegative: true });
    expect(value).toBeGreaterThanOrEqual(0);
    expect(negative).toBeLessThan(0);
    expect(gradient.every((g) => g > 0)).toBe(true);
  });

  it('is the plain loss with the correction where that does not act', () => {
    const rows = { scores: [0.3, -1.2, 2], labels: [1, 0, 0], propensities: [0.4, 0.7, 0.2] };
    expect(evaluate(rows, { clip: 0, nonNegative: true })).toEqual(evaluate(rows, open));
  });

  it('is 0 for no rows', () => {
    const rows = { labels: [], propensities: [] };
    const loss = scoped(() => partialLabelLoss(zeros([0, 5]), rows, open).value.dataSync()[0]);
    expect(loss).toBe(0);
  });
});

describe('partialLabelDiagnostics', () => {
  it('counts what happened to the weights', () => {
    const rows = { labels: [1, 1, 0, 0], propensities: [0.05, 0.5, 0.05, 1] };
    const diagnostics = partialLabelDiagnostics([0, 0, 0, 0], rows, 0.1);
    expect(diagnostics.largestWeight).toBe(10);
    expect(diagnostics.effectiveSampleSize).toBeCloseTo(144 / 104, 6);
    expect(diagnostics.clippedShare).toBe(0.5);
    expect(diagnostics.labelledShare).toBe(0.5);
  });

  it('is 0 for no rows', () => {
    const rows = { labels: [], propensities: [] };
    expect(Object.values(partialLabelDiagnostics([], rows, 0.1)).every((figure) => figure === 0)).toBe(true);
  });
});
