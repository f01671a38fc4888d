import { describe, expect, it } from '@jest/globals';

import { createRandom } from '../random/random.js';
import { compareWithBaseline, type SeededFigure } from './paired-comparison.js';

const settings = { seed: new Uint8Array(32).fill(5), resamples: 300 };

/** A figure of users under seeds: what a user is worth, what the seed adds, and noise. */
function draw(trial: number, name: string, shift: number, seeds: number): Float64Array[] {
  const users = createRandom(settings.seed, 'users', trial);
  const base = Float64Array.from({ length: 150 }, () => users.normal());
  const own = createRandom(settings.seed, name, trial);
  return Array.from({ length: seeds }, () => {
    const ofSeed = 0.1 * own.normal();
    return base.map((value) => value + shift + ofSeed + 0.5 * own.normal());
  });
}

describe('compareWithBaseline', () => {
  it('gives the difference of the means and a share above zero', () => {
    const figures = new Map<string, SeededFigure>([
      ['base', [[0, 0, 1, 1]]],
      [
        'better',
        [
          [1, 1, 2, 2],
          [1, 1, 2, 2],
        ],
      ],
      ['same', [[0, 0, 1, 1]]],
    ]);
    const compared = compareWithBaseline(figures, 'base', settings);
    // The same users are drawn for both, so a constant difference has no width.
    expect(compared.get('better')).toEqual({ estimate: 1, low: 1, high: 1, positiveShare: 1 });
    expect(compared.get('same')).toEqual({ estimate: 0, low: 0, high: 0, positiveShare: 0 });
    expect([...compared.keys()]).toEqual(['better', 'same']);
  });

  it('leaves users without a figure out of the means', () => {
    const figures = new Map<string, SeededFigure>([
      ['base', [[0, Number.NaN, 0]]],
      ['other', [[1, Number.NaN, 1]]],
    ]);
    expect(compareWithBaseline(figures, 'base', settings).get('other')).toMatchObject({
      estimate: 1,
      low: 1,
    });
  });

  it('covers the true difference about as often as it says', () => {
    const trials = 120;
    let covered = 0;
    for (let trial = 0; trial < trials; trial++) {
      const figures = new Map<string, SeededFigure>([
        ['base', draw(trial, 'base', 0, 8)],
        ['other', draw(trial, 'other', 0.2, 8)],
      ]);
      const { low, high } = compareWithBaseline(figures, 'base', settings).get('other')!;
      if (low <= 0.2 && high >= 0.2) covered++;
    }
    // 95 % are meant; a percentile bootstrap of eight seeds is a little narrow.
    expect(covered / trials).toBeGreaterThan(0.85);
    expect(covered / trials).toBeLessThanOrEqual(1);
  });

  it('is wider with seeds that differ than with users alone', () => {
    const users = Array.from({ length: 50 }, () => 1);
    const spread: SeededFigure = [users, users.map(() => 2), users.map(() => 3)];
    const compared = compareWithBaseline(
      new Map([
        ['base', [users.map(() => 0)] as SeededFigure],
        ['spread', spread],
      ]),
      'base',
      settings,
    ).get('spread')!;
    expect(compared.estimate).toBe(2);
    expect(compared.low).toBeLessThan(1.5);
    expect(compared.high).toBeGreaterThan(2.5);
  });

  it.each([
    ['an unknown baseline', new Map([['a', [[1]]]]), "no model 'b'"],
    [
      'models without seeds',
      new Map([
        ['b', []],
        ['a', [[1]]],
      ]),
      'nothing to resample',
    ],
    [
      'other numbers of users',
      new Map([
        ['b', [[1]]],
        ['a', [[1, 2]]],
      ]),
      'different numbers of users',
    ],
  ] as [string, Map<string, SeededFigure>, string][])('refuses %s', (_, figures, message) => {
    expect(() => compareWithBaseline(figures, 'b', settings)).toThrow(message);
  });
});
