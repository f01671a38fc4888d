import { memory, prepareKernels } from '@isthmus/kernels';
import { createRandom, type StateTensor } from '@isthmus/learning';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { CausalNetwork, type TargetOutputs } from './causal-network.js';
import { recencyClasses } from './causal-scorer.js';
import { featuresOf, tensorNames } from './model-parts.js';
import type { ModelShape } from './model-shape.js';

const itemCount = 40;
const shape: ModelShape = {
  domains: ['books', 'films'],
  sourceDomains: [0],
  targetDomain: 1,
  dim: 6,
  contentDim: 3,
  rank: 5,
  maxSourceEvents: 50,
  maxTargetEvents: 50,
};

/** Parameters of any model; without recency the order of events has nothing to say. */
function model(seed: number): Map<string, StateTensor> {
  const random = createRandom(new Uint8Array(32).fill(seed), 'model');
  const width = shape.dim + shape.contentDim + 1;
  const drawn = (name: string, ...extents: number[]): [string, StateTensor] => {
    const data = new Float32Array(extents.reduce((a, b) => a * b, 1));
    return [name, { type: 'float32', shape: extents, data: random.fillNormal(data, 0, 0.7) }];
  };
  return new Map<string, StateTensor>([
    drawn(tensorNames.factors, itemCount, shape.dim),
    drawn(tensorNames.content, itemCount, shape.contentDim),
    drawn(tensorNames.scorerSource, shape.rank, width),
    drawn(tensorNames.scorerTarget, shape.rank, width),
    drawn(tensorNames.scorerUser, shape.rank, shape.dim),
    drawn(tensorNames.scorerPotency, itemCount),
    drawn(tensorNames.scorerRecency, recencyClasses),
    drawn(tensorNames.scorerSimilarity, 3),
    drawn(tensorNames.prototypeDirections, 4, shape.dim),
    drawn(tensorNames.prototypeContent, 4, shape.contentDim),
    [tensorNames.prototypeShares, { type: 'float64', shape: [4], data: Float64Array.of(0.1, 0.2, 0.3, 0.4) }],
  ]);
}

const tensors = model(1);
let network: CausalNetwork;
const item = fc.nat({ max: itemCount - 1 });
const histories = fc.array(item, { maxLength: 20 }).map((items) => Uint32Array.from(items));

beforeAll(async () => {
  await prepareKernels();
  network = new CausalNetwork(shape, tensors);
});
afterAll(() => network.dispose());

/** Outputs as plain lists, since NaN and bits of typed arrays are compared value by value. */
const plain = (outputs: object) =>
  Object.fromEntries(
    Object.entries(outputs).map(([name, values]) => [name, Array.from(values as Float32Array)]),
  );

describe('CausalNetwork', () => {
  it('gives each of many users the bits of the user alone', () => {
    const { directions } = featuresOf(shape, tensors);
    const { dim } = shape;
    fc.assert(
      fc.property(fc.array(histories, { minLength: 1, maxLength: 5 }), (users) => {
        const rows = users.flatMap((items) => Array.from(items)).map((row) => row * dim);
        const mixed = Float32Array.from(rows.flatMap((row) => Array.from(directions.slice(row, row + dim))));
        const together = network.users(users, mixed);
        let event = 0;
        for (const [user, items] of users.entries()) {
          const alone = network.user(items);
          expect(plain(alone)).toEqual(
            plain({
              vectors: together.vectors.slice(user * dim, (user + 1) * dim),
              gates: together.gates.slice(user, user + 1),
              probabilities: together.probabilities.slice(event, event + items.length),
              weights: together.weights.slice(event, event + items.length),
            }),
          );
          event += items.length;
        }
      }),
    );
  });

  it('gives a target the same bits whatever is asked beside it, and again from the plan', () => {
    fc.assert(
      fc.property(histories, fc.array(item, { minLength: 1, maxLength: 40 }), (items, targets) => {
        const whole = network.represent(items, targets);
        expect(plain(network.represent(items, targets))).toEqual(plain(whole));
        const { probabilities, gates } = network.score(items, targets);
        expect(plain({ probabilities, gates })).toEqual(
          plain({ probabilities: whole.probabilities, gates: whole.gates }),
        );
        targets.forEach((target, place) => {
          expect(plain(network.represent(items, [target]))).toEqual(plain(rowOf(whole, place, items.length)));
        });
      }),
    );
  });

  it('has a gate and a vector of exactly 0 without source events', () => {
    const { gates, vectors } = network.represent(new Uint32Array(0), [3, 4]);
    expect([...gates, ...vectors].every((value) => Object.is(value, 0))).toBe(true);
    const user = network.user(new Uint32Array(0));
    expect([...user.gates, ...user.vectors].every((value) => Object.is(value, 0))).toBe(true);
  });

  it('does not care for the order of events beyond their recency', () => {
    const timeless = model(1);
    (timeless.get(tensorNames.scorerRecency)!.data as Float32Array).fill(0);
    const own = new CausalNetwork(shape, timeless);
    fc.assert(
      fc.property(histories, item, (items, target) => {
        const [there, back] = [items, items.slice().reverse()].map((list) => own.represent(list, [target]));
        expect(back!.gates[0]).toBeCloseTo(there!.gates[0]!, 5);
        const probabilities = Array.from(back!.probabilities).reverse();
        for (const [event, probability] of probabilities.entries()) {
          expect(probability).toBeCloseTo(there!.probabilities[event]!, 5);
        }
        for (const [i, value] of back!.vectors.entries()) expect(value).toBeCloseTo(there!.vectors[i]!, 5);
      }),
    );
    own.dispose();
  });

  it('gives its memory back', () => {
    const before = memory().numTensors;
    const own = new CausalNetwork(shape, model(2));
    for (let times = 0; times < 3; times++) own.score(Uint32Array.of(1, 2), [3]);
    own.dispose();
    expect(memory().numTensors).toBe(before);
  });
});

function rowOf(outputs: TargetOutputs, place: number, events: number): TargetOutputs {
  const row = (values: Float32Array, width: number) => values.slice(place * width, (place + 1) * width);
  return {
    probabilities: row(outputs.probabilities, events),
    weights: row(outputs.weights, events),
    gates: row(outputs.gates, 1),
    vectors: row(outputs.vectors, shape.dim),
  };
}
