import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { addAttentionGradient, attend } from './causal-attention.js';

const scores = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 6 });

describe('attend', () => {
  it('has a gate of exactly 0 without events', () => {
    const { gate, strongest, weights } = attend(new Float64Array(0));
    expect([gate, strongest, weights.length]).toEqual([0, 0, 0]);
  });

  it('raises the gate when any probability rises, and keeps it within 0 and 1', () => {
    fc.assert(
      fc.property(scores, fc.nat(), (list, which) => {
        const before = attend(Float64Array.from(list)).gate;
        const raised = Float64Array.from(list);
        raised[which % list.length] = raised[which % list.length]! + 0.5;
        const after = attend(raised).gate;
        expect(after).toBeGreaterThan(before);
        expect(after).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('weighs by probability, and the weights stay below 1 in sum', () => {
    fc.assert(
      fc.property(scores, (list) => {
        const { probabilities, weights } = attend(Float64Array.from(list));
        const sum = weights.reduce((total, weight) => total + weight, 0);
        expect(sum).toBeLessThan(1);
        const ratios = Array.from(weights, (weight, event) => weight / probabilities[event]!);
        for (const ratio of ratios) expect(ratio).toBeCloseTo(ratios[0]!, 9);
      }),
    );
  });

  it('has the derivatives of differences', () => {
    const list = [0.3, -0.7, 1.4];
    const byWeights = Float64Array.of(0.5, -1, 2);
    const [byGate, byStrongest] = [0.8, -0.6];
    const objective = (values: readonly number[]) => {
      const { weights, gate, strongest } = attend(Float64Array.from(values));
      const weighted = weights.reduce((sum, weight, event) => sum + weight * byWeights[event]!, 0);
      return weighted + byGate * gate + byStrongest * strongest;
    };
    const gradient = new Float64Array(3);
    addAttentionGradient(attend(Float64Array.from(list)), byWeights, byGate, byStrongest, gradient, 0);
    for (const event of list.keys()) {
      const at = (step: number) => objective(list.map((value, i) => value + (i === event ? step : 0)));
      expect(gradient[event]).toBeCloseTo((at(1e-6) - at(-1e-6)) / 2e-6, 7);
    }
  });
});
