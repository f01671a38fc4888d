import {
  add,
  mul,
  prepareKernels,
  scoped,
  sum,
  type Tensor,
  tensor,
  valueAndGradients,
} from '@isthmus/kernels';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { attend } from './causal-attention.js';
import { eventLayout } from './event-layout.js';
import { largestByUser } from './event-target-pairs.js';

const scores = fc.array(fc.float({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 6 });

/** Attention of one user to one target. */
function attention(list: readonly number[]) {
  return scoped(() => {
    const { gates, weights, probabilities } = attend(
      eventLayout([list.length]),
      tensor(Float32Array.from(list), [list.length, 1]),
    );
    const read = (x: Tensor) => Array.from(x.dataSync<'float32'>());
    return { gate: read(gates)[0]!, weights: read(weights), probabilities: read(probabilities) };
  });
}

beforeAll(() => prepareKernels());

describe('attend', () => {
  it('has a gate of exactly 0 without events, beside users who have some', () => {
    expect(attention([]).gate).toBe(0);
    const gates = scoped(() =>
      Array.from(attend(eventLayout([0, 2, 0]), tensor([0.5, 2], [2, 1])).gates.dataSync()),
    );
    expect([gates[0], gates[2]]).toEqual([0, 0]);
    expect(gates[1]).toBeGreaterThan(0.5);
  });

  it('is 1 - prod (1 - a), at most 1', () => {
    fc.assert(
      fc.property(scores, (list) => {
        const { gate, probabilities } = attention(list);
        const none = probabilities.reduce((product, a) => product * (1 - a), 1);
        expect(gate).toBeCloseTo(1 - none, 5);
        expect(gate).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('never lowers the gate when a probability rises, and raises one that is not full', () => {
    fc.assert(
      fc.property(scores, fc.nat(), (list, which) => {
        const before = attention(list).gate;
        const after = attention(list.map((f, i) => (i === which % list.length ? f + 0.5 : f))).gate;
        expect(after).toBeGreaterThanOrEqual(before);
        if (before < 0.999) expect(after).toBeGreaterThan(before);
      }),
    );
  });

  it('weighs by probability, and the weights stay below 1 in sum', () => {
    fc.assert(
      fc.property(scores, (list) => {
        const { probabilities, weights } = attention(list);
        expect(weights.reduce((total, weight) => total + weight, 0)).toBeLessThan(1);
        const ratios = weights.map((weight, event) => weight / probabilities[event]!);
        for (const ratio of ratios) expect(ratio / ratios[0]!).toBeCloseTo(1, 5);
      }),
    );
  });

  it('has the derivatives of differences, of the strongest cause too', () => {
    const layout = eventLayout([2, 0, 3]);
    const pairs = { layout, targets: 2, kind: 'own' } as const;
    const parameter = {
      shape: [5, 2],
      data: Float32Array.of(0.3, -0.7, 1.4, 0.2, -1.1, 0.9, 0.6, -0.3, 0.1, 2.1),
    };
    const factor = (x: Tensor, step: number) =>
      tensor(
        Float32Array.from({ length: x.size }, (_, i) => Math.sin(step * (i + 1))),
        x.shape,
      );
    const run = () =>
      valueAndGradients({ parameter }, (tensors) => {
        const { weights, gates, probabilities } = attend(layout, tensors.parameter);
        const parts = [weights, gates, largestByUser(pairs, probabilities)].map((x, i) =>
          sum(mul(x, factor(x, i + 2))),
        );
        return { value: add(add(parts[0]!, parts[1]!), parts[2]!) };
      });
    const { gradients } = run();
    const delta = 2 ** -8;
    for (const [i, centre] of parameter.data.slice().entries()) {
      parameter.data[i] = centre + delta;
      const above = run().value;
      parameter.data[i] = centre - delta;
      const below = run().value;
      parameter.data[i] = centre;
      expect(gradients.parameter[i]).toBeCloseTo((above - below) / (2 * delta), 3);
    }
  });
});
