import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { addOptimiserSlots, applyGradients, clipGradients, type Gradient } from './optimiser.js';
import { defaultAdam, type OptimiserSettings } from './optimiser-settings.js';
import { type RowGradient, sumRows } from './row-gradient.js';
import { createState, float32Tensor, setTensor, tensorNames } from './training-state.js';

const adagrad: OptimiserSettings = {
  kind: 'adagrad',
  learningRate: 0.1,
  initialAccumulator: 0.1,
  epsilon: 1e-8,
};

function stateWith(values: readonly number[], shape: readonly number[], settings: OptimiserSettings) {
  const state = createState('p');
  setTensor(state, 'w', shape, Float32Array.from(values));
  addOptimiserSlots(state, ['w'], settings);
  return state;
}

function step(state: ReturnType<typeof stateWith>, gradient: Gradient, settings: OptimiserSettings) {
  applyGradients(state, new Map([['w', gradient]]), settings);
}

describe('applyGradients', () => {
  it('takes the steps of Adam', () => {
    const settings = { ...defaultAdam, learningRate: 0.1 };
    const state = stateWith([1], [1], settings);
    let w = 1;
    let m = 0;
    let v = 0;
    for (const [index, g] of [0.5, -0.25, 2].entries()) {
      step(state, Float32Array.of(g), settings);
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      const t = index + 1;
      w -= (0.1 * (m / (1 - 0.9 ** t))) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-8);
      expect(float32Tensor(state, 'w')[0]).toBeCloseTo(w, 6);
    }
  });

  it('shrinks weights apart from the gradient', () => {
    const settings = { ...defaultAdam, learningRate: 0.1, weightDecay: 0.5 };
    const state = stateWith([2], [1], settings);
    step(state, Float32Array.of(0), settings);
    expect(float32Tensor(state, 'w')[0]).toBeCloseTo(2 * (1 - 0.1 * 0.5), 6);
  });

  it('takes the steps of Adagrad', () => {
    const state = stateWith([1], [1], adagrad);
    step(state, Float32Array.of(0.5), adagrad);
    step(state, Float32Array.of(0.5), adagrad);
    const wanted = 1 - (0.1 * 0.5) / Math.sqrt(0.35) - (0.1 * 0.5) / Math.sqrt(0.6);
    expect(float32Tensor(state, 'w')[0]).toBeCloseTo(wanted, 6);
  });

  it.each([
    ['Adam', defaultAdam],
    ['Adagrad', adagrad],
  ])('gives the same bits for all rows of a matrix as for the whole: %s', (_, settings) => {
    const values = [0.3, -1, 2, 0.7, 5, -0.1];
    const gradient = [1, -2, 0.5, 0.25, 3, -1];
    const whole = stateWith(values, [3, 2], settings);
    const rows = stateWith(values, [3, 2], settings);
    for (let times = 0; times < 3; times++) {
      step(whole, Float32Array.from(gradient), settings);
      step(rows, { rows: Uint32Array.of(0, 1, 2), values: Float32Array.from(gradient), width: 2 }, settings);
    }
    for (const name of tensorNames(whole)) {
      expect(Array.from(float32Tensor(rows, name))).toEqual(Array.from(float32Tensor(whole, name)));
    }
  });

  it('leaves rows without a gradient and their slots alone', () => {
    const state = stateWith([1, 2, 3, 4], [2, 2], defaultAdam);
    step(state, { rows: Uint32Array.of(1), values: Float32Array.of(1, 1), width: 2 }, defaultAdam);
    expect(Array.from(float32Tensor(state, 'w').subarray(0, 2))).toEqual([1, 2]);
    expect(Array.from(float32Tensor(state, 'w/adam/m').subarray(0, 2))).toEqual([0, 0]);
    expect(float32Tensor(state, 'w')[2]).toBeLessThan(3);
  });

  it.each([
    ['a gradient of another size', Float32Array.of(1), 'has 1 values, the tensor 4'],
    ['a row beyond the end', { rows: Uint32Array.of(2), values: new Float32Array(2), width: 2 }, 'no row 2'],
  ])('refuses %s', (_, gradient, message) => {
    for (const settings of [defaultAdam, adagrad]) {
      expect(() => step(stateWith([1, 2, 3, 4], [2, 2], settings), gradient, settings)).toThrow(message);
    }
  });

  it('refuses slots for a parameter that is not there', () => {
    for (const settings of [defaultAdam, adagrad]) {
      expect(() => addOptimiserSlots(createState('p'), ['v'], settings)).toThrow("no tensor 'v'");
    }
  });
});

describe('clipGradients', () => {
  it('scales to the joint norm and returns the norm before', () => {
    const dense = Float32Array.of(3);
    const rows: RowGradient = { rows: Uint32Array.of(5), values: Float32Array.of(0, 4), width: 2 };
    const gradients = new Map<string, Gradient>([
      ['b', dense],
      ['a', rows],
    ]);
    expect(clipGradients(gradients, 10)).toBe(5);
    expect(dense[0]).toBe(3);
    expect(clipGradients(gradients, 1)).toBe(5);
    expect(dense[0]).toBeCloseTo(0.6, 6);
    expect(rows.values[1]).toBeCloseTo(0.8, 6);
  });
});

describe('sumRows', () => {
  it('adds the contributions to each row', () => {
    const contribution = fc.tuple(
      fc.nat(6),
      fc.integer({ min: -9, max: 9 }),
      fc.integer({ min: -9, max: 9 }),
    );
    fc.assert(
      fc.property(fc.array(contribution, { maxLength: 30 }), (contributions) => {
        const summed = sumRows(
          contributions.map(([row]) => row),
          contributions.flatMap(([, a, b]) => [a, b]),
          2,
        );
        const wanted = new Map<number, [number, number]>();
        for (const [row, a, b] of contributions) {
          const [x, y] = wanted.get(row) ?? [0, 0];
          wanted.set(row, [x + a, y + b]);
        }
        const rows = [...wanted.keys()].sort((x, y) => x - y);
        expect(Array.from(summed.rows)).toEqual(rows);
        expect(Array.from(summed.values, (value) => value + 0)).toEqual(
          rows.flatMap((row) => wanted.get(row)!),
        );
      }),
    );
  });
});
