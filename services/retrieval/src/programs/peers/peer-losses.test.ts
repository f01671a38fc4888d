import {
  gatherRows,
  mean,
  mul,
  type ParameterArray,
  prepareKernels,
  sum,
  type Tensor,
  valueAndGradients,
} from '@isthmus/kernels';
import { createRandom } from '@isthmus/learning';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { poolPrefixes } from '../../model/attention-pooling.js';
import { encoderOf } from '../../model/encoders.js';
import { parameterShapes } from '../../model/parameter-shapes.js';
import type { RetrievalShape } from '../../model/retrieval-shape.js';
import { sampledSoftmax } from '../training/sampled-softmax.js';
import { hardReadOut } from './hard-read-out.js';
import { hardSoftmax, routingVariance } from './remi-loss.js';

const seed = new Uint8Array(32).fill(4);
const dim = 4;
const items = 9;

type Objective = (tensors: Record<string, Tensor>) => Tensor;

function randomArrays(
  shapes: readonly { name: string; shape: readonly number[] }[],
): Record<string, ParameterArray> {
  return Object.fromEntries(
    shapes.map(({ name, shape }) => {
      const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
      return [name, { shape, data: createRandom(seed, name).fillNormal(data, 0, 0.5) }];
    }),
  );
}

/** Compares the gradient of every parameter with central differences at a few of its values. */
function expectGradients(parameters: Record<string, ParameterArray>, objective: Objective): void {
  const evaluate = () => valueAndGradients(parameters, (tensors) => ({ value: objective(tensors) }));
  const { gradients } = evaluate();
  const step = 1e-2;
  for (const [name, { data }] of Object.entries(parameters)) {
    for (let i = 0; i < data.length; i += Math.max(1, Math.floor(data.length / 7))) {
      const kept = data[i]!;
      data[i] = kept + step;
      const above = evaluate().value;
      data[i] = kept - step;
      const below = evaluate().value;
      data[i] = kept;
      const difference = (above - below) / (2 * step);
      expect(Math.abs(gradients[name]![i]! - difference)).toBeLessThan(2e-3 + 0.03 * Math.abs(difference));
    }
  }
}

const histories = {
  users: 2,
  length: 3,
  rows: Int32Array.of(1, 5, 2, 7, 3, 0),
  codes: [],
  places: Int32Array.of(3, 2, 6),
};
const negatives = {
  shared: {
    ids: Int32Array.of(0, 4, 8, 6, 5),
    targets: Int32Array.of(4, 1, 5),
    shifts: Float32Array.of(0.1, -0.2, 0.3, 0, 0.5),
  },
  hard: new Int32Array(),
  hardPerRow: 0,
  targetShift: Float32Array.of(0.2, 0, -0.1),
  hardShift: new Float32Array(),
};

beforeAll(async () => {
  await prepareKernels();
});

describe('gradients', () => {
  const shape: RetrievalShape = {
    encoder: 'comirec-sa',
    dim,
    maxLength: 4,
    heads: 1,
    hidden: 8,
    crossDim: 0,
    codes: [],
    layers: 1,
    vectors: 2,
  };

  it.each(['sasrec', 'comirec-sa'] as const)('of %s agree with finite differences', (encoder) => {
    const own = { ...shape, encoder, vectors: encoder === 'sasrec' ? 1 : 2 };
    const parameters = randomArrays(parameterShapes(own, items));
    expectGradients(parameters, (model) => {
      const vectors = encoderOf(own).forward(model, own, model.items!, histories);
      return mean(mul(vectors, vectors));
    });
  });

  it('of routing flow through the last combination alone', () => {
    const own: RetrievalShape = { ...shape, encoder: 'mind' };
    const parameters = randomArrays(parameterShapes(own, items));
    const batch = { ...histories, places: Int32Array.of(3, 6) };
    const { gradients } = valueAndGradients(parameters, (model) => ({
      value: sum(encoderOf(own).forward(model, own, model.items!, batch)),
    }));
    expect(gradients['routing/logits']!.every((value) => value === 0)).toBe(true);
    expect(gradients['routing/map']!.some((value) => value !== 0)).toBe(true);
    expect(gradients.start!.every((value) => value === 0)).toBe(true);
  });

  it('of REMI’s losses agree with finite differences', () => {
    const parameters = randomArrays(parameterShapes(shape, items));
    expectGradients(parameters, (model) =>
      routingVariance(poolPrefixes(model, shape, model.items!, histories).weights!, histories),
    );
    const rows = randomArrays([
      { name: 'queries', shape: [3, dim] },
      { name: 'others', shape: [5, dim] },
      { name: 'positives', shape: [3, dim] },
    ]);
    expectGradients(rows, ({ queries, others, positives }) =>
      hardSoftmax(queries!, others!, positives!, negatives, 0.7),
    );
  });
});

describe('hardSoftmax', () => {
  const rows = randomArrays([
    { name: 'queries', shape: [3, dim] },
    { name: 'table', shape: [items, dim] },
  ]);
  const evaluate = (objective: Objective) =>
    valueAndGradients(rows, (tensors) => ({ value: objective(tensors) })).value;
  const hard = (hardness: number) =>
    evaluate(({ queries, table }) =>
      hardSoftmax(
        queries!,
        gatherRows(table!, negatives.shared.ids),
        gatherRows(table!, negatives.shared.targets),
        negatives,
        hardness,
      ),
    );

  it('is the plain sampled softmax where hardness is 0, and larger the harder it is', () => {
    const plain = evaluate(({ queries, table }) =>
      sampledSoftmax(queries!, table!, gatherRows(table!, negatives.shared.targets), negatives, (own) => own),
    );
    // Without hardness the mean of the weights is 1 where nothing is excluded; here one negative of a row is its target.
    expect(hard(0)).toBeCloseTo(plain, 5);
    expect(hard(1)).toBeGreaterThan(hard(0));
    expect(hard(2)).toBeGreaterThan(hard(1));
  });
});

describe('hardReadOut', () => {
  it('takes the vector with the largest inner product, the first of equal ones', () => {
    const vectors = { shape: [3, 4], data: Float32Array.of(1, 0, 0, 1, 2, 2, 1, 1, 1, 1, 1, 1) };
    const targets = { shape: [3, 2], data: Float32Array.of(0, 1, 1, 1, 1, 0) };
    const { outputs } = valueAndGradients({ vectors, targets }, (tensors) => {
      const chosen = hardReadOut(tensors.vectors, tensors.targets);
      return { value: sum(chosen), outputs: { chosen } };
    });
    expect(Array.from(outputs.chosen)).toEqual([0, 1, 2, 2, 1, 1]);
  });
});
