import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { createAliasTable } from './alias-table.js';
import { createRandom, createRandomFamily } from './random.js';

const seed = Uint8Array.from({ length: 32 }, (_, index) => index);

describe('createRandom', () => {
  it('gives the golden stream, which later versions must give too', () => {
    const random = createRandom(seed, 'golden', 7);
    expect([random.uint32(), random.uint32(), random.uint32()]).toEqual([3095355309, 2160359376, 3890978021]);
    expect(random.float()).toBe(0.24837310649865596);
    expect([random.normal(), random.normal()]).toEqual([0.3188655507928129, -1.2381374602410522]);
    expect(random.below(1000)).toBe(76);
    expect(Array.from(random.permutation(8))).toEqual([6, 0, 2, 1, 4, 5, 3, 7]);
    expect(Array.from(random.choose(100, 4))).toEqual([67, 35, 7, 47]);
    expect(random.exponential()).toBe(0.250256675446884);
  });

  it('is a function of seed, purpose and counter, each of which changes the stream', () => {
    const first = (...key: Parameters<typeof createRandom>) => createRandom(...key).uint32();
    const otherSeed = Uint8Array.from(seed, (byte) => byte ^ 1);
    expect(first(seed, 'a', 3)).toBe(createRandomFamily(seed, 'a')(3).uint32());
    const streams = [first(seed, 'a', 3), first(seed, 'a', 4), first(seed, 'b', 3), first(otherSeed, 'a', 3)];
    expect(new Set([...streams, first(seed, 'a', 3 + 2 ** 32)]).size).toBe(5);
  });

  it.each([
    ['a seed of another length', () => createRandom(new Uint8Array(31), 'a')],
    ['a negative counter', () => createRandom(seed, 'a', -1)],
    ['a fractional counter', () => createRandom(seed, 'a', 0.5)],
    ['a bound of 0', () => createRandom(seed, 'a').below(0)],
    ['a bound beyond 2^32', () => createRandom(seed, 'a').below(2 ** 33)],
    ['more different numbers than there are', () => createRandom(seed, 'a').choose(3, 4)],
  ])('refuses %s', (_, act) => {
    expect(act).toThrow(RangeError);
  });

  it('permutes: every number once', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(), (size, counter) => {
        const permuted = createRandom(seed, 'p', counter).permutation(size);
        expect(Array.from(permuted).sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, i) => i));
      }),
    );
  });

  it('chooses different numbers below the bound', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), fc.nat(), (a, b, counter) => {
        const [count, size] = a < b ? [a, b] : [b, a];
        const chosen = createRandom(seed, 'c', counter).choose(size, count);
        expect(new Set(chosen).size).toBe(count);
        expect(chosen.every((value) => value < size)).toBe(true);
      }),
    );
  });

  it('is uniform below a bound that is no power of two', () => {
    const random = createRandom(seed, 'below');
    const counts = new Array<number>(12).fill(0);
    for (let draw = 0; draw < 120_000; draw++) counts[random.below(12)]!++;
    // Chi-square with 11 degrees of freedom: 99.9 % of samples are below 31.3.
    expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(31.3);
  });

  it('has the moments of its distributions', () => {
    const random = createRandom(seed, 'moments');
    const size = 100_000;
    const moments = (draw: () => number) => {
      const values = Array.from({ length: size }, draw);
      const mean = values.reduce((sum, value) => sum + value, 0) / size;
      return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / size] as const;
    };
    const cases = [
      [() => random.float(), 0.5, 1 / 12],
      [() => random.normal(), 0, 1],
      [() => random.exponential(), 1, 1],
      [() => (random.bernoulli(0.3) ? 1 : 0), 0.3, 0.21],
    ] as const;
    for (const [draw, mean, variance] of cases) {
      const [foundMean, foundVariance] = moments(draw);
      expect(Math.abs(foundMean - mean)).toBeLessThan(4 * Math.sqrt(variance / size));
      expect(Math.abs(foundVariance - variance)).toBeLessThan(0.03);
    }
  });

  it('fills float32 arrays within their bounds, the upper one left out', () => {
    const random = createRandom(seed, 'fill');
    const uniform = random.fillUniform(new Float32Array(20_000), -0.5, 0.5);
    expect(uniform.every((value) => value >= -0.5 && value < 0.5)).toBe(true);
    const normal = random.fillNormal(new Float32Array(20_000), 2, 0.1);
    expect(Math.abs(normal.reduce((sum, value) => sum + value, 0) / 20_000 - 2)).toBeLessThan(0.004);
  });
});

describe('createAliasTable', () => {
  it('draws with the given weights and never a weight of zero', () => {
    const weights = [0, 1, 0, 3, 6];
    const table = createAliasTable(weights);
    const random = createRandom(seed, 'alias');
    const counts = new Array<number>(5).fill(0);
    for (let draw = 0; draw < 50_000; draw++) counts[table.sample(random)]!++;
    for (const [index, weight] of weights.entries()) {
      const expected = weight * 5_000;
      expect(Math.abs(counts[index]! - expected)).toBeLessThanOrEqual(4.5 * Math.sqrt(expected));
    }
  });

  it('never returns an index of weight zero, whatever the weights', () => {
    const weight = fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e6, noNaN: true }));
    fc.assert(
      fc.property(fc.array(weight, { minLength: 1, maxLength: 40 }), (weights) => {
        fc.pre(weights.some((value) => value > 0));
        const table = createAliasTable(weights);
        const random = createRandom(seed, 'alias zero');
        for (let draw = 0; draw < 100; draw++) expect(weights[table.sample(random)]).toBeGreaterThan(0);
      }),
    );
  });

  it.each([[[]], [[0, 0]], [[1, -1]], [[Number.NaN]], [[Number.POSITIVE_INFINITY]]])(
    'refuses the weights %j',
    (weights) => {
      expect(() => createAliasTable(weights)).toThrow(RangeError);
    },
  );
});
