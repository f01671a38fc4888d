import { createRandom } from '../random/random.js';
import type { BootstrapInterval, BootstrapSettings } from './bootstrap.js';

/** A figure of every user under every seed of a model: equally many users for all, NaN where a user has none. */
export type SeededFigure = readonly ArrayLike<number>[];

/**
 * Differences of several models to a baseline with percentile bootstrap intervals (Efron 1979) that resample users and
 * seeds: a resample draws users, the same for all models and seeds, and for each model as many of its seeds as it has, with
 * repetition. Seeds of different models have nothing to do with each other and are drawn apart; a model with one seed is
 * compared as that one run.
 *
 * @param figures by name of the model, the baseline among them
 * @returns by name of every other model: the model minus the baseline
 */
export function compareWithBaseline(
  figures: ReadonlyMap<string, SeededFigure>,
  baseline: string,
  settings: BootstrapSettings,
): Map<string, BootstrapInterval> {
  const { seed, resamples = 2_000, confidence = 0.95 } = settings;
  const columns = [...figures.values()].flat();
  const users = columns[0]?.length ?? 0;
  if (!figures.has(baseline)) throw new RangeError(`there is no model '${baseline}' to compare with`);
  if (users === 0 || [...figures.values()].some((seeds) => seeds.length === 0))
    throw new RangeError('there is nothing to resample');
  if (columns.some((column) => column.length !== users))
    throw new RangeError('the models were measured on different numbers of users');
  const random = createRandom(seed, 'paired-comparison');
  const names = [...figures.keys()].filter((name) => name !== baseline);
  const drawn = new Map(names.map((name) => [name, new Float64Array(resamples)]));
  const weights = new Float64Array(users);
  for (let resample = 0; resample < resamples; resample++) {
    weights.fill(0);
    for (let draw = 0; draw < users; draw++) weights[random.below(users)]!++;
    const means = new Map(
      [...figures].map(([name, seeds]) => [name, seeds.map((column) => weightedMean(column, weights))]),
    );
    const meanOf = (name: string): number => {
      const own = means.get(name)!;
      let sum = 0;
      for (let draw = 0; draw < own.length; draw++) sum += own[random.below(own.length)]!;
      return sum / own.length;
    };
    const base = meanOf(baseline);
    for (const name of names) drawn.get(name)![resample] = meanOf(name) - base;
  }
  const ones = new Float64Array(users).fill(1);
  const whole = (name: string): number => {
    const seeds = figures.get(name)!;
    return seeds.reduce((sum, column) => sum + weightedMean(column, ones), 0) / seeds.length;
  };
  return new Map(
    names.map((name) => {
      const values = drawn
        .get(name)!
        .filter((value) => !Number.isNaN(value))
        .sort();
      const at = (share: number) =>
        values[Math.min(values.length - 1, Math.floor(share * values.length))] ?? Number.NaN;
      const interval = {
        estimate: whole(name) - whole(baseline),
        low: at((1 - confidence) / 2),
        high: at((1 + confidence) / 2),
        positiveShare: values.filter((value) => value > 0).length / values.length,
      };
      return [name, interval];
    }),
  );
}

function weightedMean(values: ArrayLike<number>, weights: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (let user = 0; user < weights.length; user++) {
    const value = values[user]!;
    if (Number.isNaN(value)) continue;
    sum += weights[user]! * value;
    total += weights[user]!;
  }
  return sum / total;
}
