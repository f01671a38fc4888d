import { prepareKernels } from '@isthmus/kernels';
import { createRandom, type StateTensor } from '@isthmus/learning';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { innerProduct } from '../domain/exact-scan.js';
import { topInterests } from './interest-posterior.js';
import { fillParameter, parameterShapes } from './parameter-shapes.js';
import { RetrievalNetwork } from './retrieval-network.js';
import type { RetrievalShape } from './retrieval-shape.js';

const seed = new Uint8Array(32).fill(5);
const items = 30;
const shape: RetrievalShape = {
  encoder: 'transformer',
  dim: 8,
  maxLength: 6,
  heads: 2,
  hidden: 12,
  crossDim: 3,
  codes: [4, 3],
};

/** A network whose every parameter is random, so that nothing is hidden by a zero. */
function network(of: RetrievalShape = shape): RetrievalNetwork {
  const parameters = new Map<string, StateTensor>();
  for (const { name, shape: size } of parameterShapes(of, items)) {
    const data = new Float32Array(size.reduce((a, b) => a * b, 1));
    fillParameter(data, size, 'fan', createRandom(seed, name));
    parameters.set(name, { type: 'float32', shape: size, data });
  }
  const random = createRandom(seed, 'dictionary');
  return new RetrievalNetwork({
    shape: of,
    parameters,
    dictionary: {
      dim: of.dim,
      codebooks: of.codes.map((n) => random.fillNormal(new Float32Array(n * of.dim), 0, 1)),
    },
    codes: Uint32Array.from(
      { length: items * of.codes.length },
      (_, i) => (i * 5) % of.codes[i % of.codes.length]!,
    ),
    temperature: 1,
    interestShare: 0.5,
  });
}

const cross = { vector: Float32Array.of(0.5, -1, 2), gate: 0.7 };

describe('RetrievalNetwork', () => {
  beforeAll(async () => {
    await prepareKernels();
  });

  it('gives a posterior that sums to one over all tuples', () => {
    const [posterior] = network().posteriors([{ history: [3, 7, 1], cross }]);
    let sum = 0;
    posterior!.first.forEach((first, code) => {
      for (let i = 0; i < 3; i++) sum += Math.exp(first + posterior!.second[code * 3 + i]!);
    });
    expect(sum).toBeCloseTo(1, 10);
  });

  it('answers interests in falling order, distinct, each with a query of its own', () => {
    const [user] = network().encode([{ history: [3, 7, 1], cross }], { interests: 5 });
    const queries = user!.queries;
    const interests = user!.interests.slice(0, 5);
    expect(new Set(interests.map(({ codes }) => codes.join('.'))).size).toBe(5);
    for (let i = 1; i < 5; i++) {
      expect(interests[i]!.logProbability).toBeLessThanOrEqual(interests[i - 1]!.logProbability);
    }
    const rows = Array.from({ length: 5 }, (_, i) => queries.slice(i * 16, (i + 1) * 16).join());
    expect(new Set(rows).size).toBe(5);
  });

  it('gives all interests that were not asked for together, with what they have of probability', () => {
    const [user] = network().encode([{ history: [3, 7, 1], cross }], { interests: 4 });
    const probabilities = user!.interests.map(({ logProbability }) => Math.exp(logProbability));
    expect(user!.interests.at(-1)!.codes).toEqual([]);
    expect(probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
    expect(Array.from(user!.queries.slice(-8))).toEqual(new Array(8).fill(0));
  });

  it('scores items by queries as by parts', () => {
    const net = network();
    const users = [
      { history: [3, 7, 1], cross },
      { history: [], cross },
      { history: [9, 8, 7, 6, 5, 4, 3], cross },
    ];
    const encoded = net.encode(users, { interests: 4 });
    net.scoreParts(users, { interests: 4 }).forEach(({ user, inside, logProbability }, u) => {
      const { interests, queries, logNormalisers } = encoded[u]!;
      const named = new Set<number>();
      const check = (k: number, row: number) => {
        const score = innerProduct(net.itemVectors, row * 16, queries, k * 16, 16);
        const parts = user[row]! + 0.5 * inside[row]! + 0.75 * logProbability[row]!;
        expect(score - logNormalisers[k]! + 0.75 * interests[k]!.logProbability).toBeCloseTo(parts, 4);
      };
      interests.forEach(({ codes }, k) => {
        if (codes.length === 0) return;
        for (const row of net.itemsOf(codes)) {
          named.add(row);
          check(k, row);
        }
      });
      for (let row = 0; row < items; row++) if (!named.has(row)) check(interests.length - 1, row);
    });
  });

  it('spreads the probability of an interest over its items', () => {
    const net = network();
    const [parts] = net.scoreParts([{ history: [3, 7, 1], cross }], { interests: 12 });
    const sum = parts!.inside.reduce(
      (total, inside, row) => total + Math.exp(inside + parts!.logProbability[row]!),
      0,
    );
    const named = topInterests(net.posteriors([{ history: [3, 7, 1], cross }])[0]!, net.owned, 12);
    const mass = named.reduce((total, { logProbability }) => total + Math.exp(logProbability), 0);
    expect(sum).toBeCloseTo(mass, 4);
  });

  it('leaves out interests without items', () => {
    const net = network();
    const [posterior] = net.posteriors([{ history: [1], cross }]);
    const owned = new Uint8Array(12);
    owned[7] = 1;
    expect(topInterests(posterior!, owned, 12).map(({ codes }) => codes)).toEqual([[2, 1]]);
  });

  it('gives the same bits for a user alone, in a batch and beside longer histories', () => {
    const net = network();
    const short = { history: [4, 2], cross };
    const long = { history: [9, 8, 7, 6, 5, 4], cross };
    const alone = net.encode([short], { interests: 4 })[0]!;
    const batched = net.encode([long, short, long], { interests: 4 })[1]!;
    expect(Array.from(batched.queries)).toEqual(Array.from(alone.queries));
    expect(batched.interests).toEqual(alone.interests);
  });

  it('looks at the last items of a long history only', () => {
    const net = network();
    const long = net.encode([{ history: [20, 21, 1, 2, 3, 4, 5, 6], cross }], { interests: 3 })[0]!;
    const last = net.encode([{ history: [1, 2, 3, 4, 5, 6], cross }], { interests: 3 })[0]!;
    expect(Array.from(long.queries)).toEqual(Array.from(last.queries));
  });

  it('answers a user without history from the other domain alone', () => {
    const net = network();
    const first = net.encode([{ history: [], cross }], { interests: 3 })[0]!;
    const other = { vector: Float32Array.of(-2, 1, 0.3), gate: 0.9 };
    const second = net.encode([{ history: [], cross: other }], { interests: 3 })[0]!;
    expect(first.interests.filter(({ codes }) => codes.length > 0).length).toBe(3);
    expect(Array.from(first.queries)).not.toEqual(Array.from(second.queries));
  });

  it('gives one query and no codes where the model has no interests', () => {
    const net = network({ ...shape, encoder: 'mean', codes: [], crossDim: 0 });
    const [user] = net.encode([{ history: [1, 2] }], { interests: 4 });
    expect(user!.interests).toEqual([{ codes: [], logProbability: 0 }]);
    expect(user!.queries.length).toBe(8);
    expect(user!.queries[7]).toBe(1);
  });
});
