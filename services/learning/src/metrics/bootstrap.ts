import { createRandom, type Random } from '../random/random.js';
import { ascendingOrder, aucInOrder } from './auc.js';

/** A difference with its interval. */
export interface BootstrapInterval {
  /** On all the data. */
  readonly estimate: number;
  /** Percentiles of the resampled estimates. */
  readonly low: number;
  readonly high: number;
  /** Share of the resampled estimates above zero. */
  readonly positiveShare: number;
}

/** How to resample. */
export interface BootstrapSettings {
  /** 32 bytes: the interval is a function of the data and the seed. */
  readonly seed: Uint8Array;
  /** Resamples, by default 2,000. */
  readonly resamples?: number;
  /** By default 0.95. */
  readonly confidence?: number;
}

/**
 * Paired percentile bootstrap of a mean difference over users and seeds (Efron 1979).
 *
 * @param differences for each training seed, the difference of each user; NaN entries are left out of the means
 * @param sameUsers whether position j is the same user under all seeds: then one draw of users serves all seeds of a
 *   resample (crossed); otherwise users are drawn for each seed apart (nested)
 */
export function bootstrapMeanDifference(
  differences: readonly ArrayLike<number>[],
  sameUsers: boolean,
  settings: BootstrapSettings,
): BootstrapInterval {
  const sizes = differences.map((users) => users.length);
  if (sizes.length === 0 || sizes.some((size) => size === 0))
    throw new RangeError('there is nothing to resample');
  if (sameUsers && sizes.some((size) => size !== sizes[0])) {
    throw new RangeError(`the seeds have different numbers of users: ${sizes.join(', ')}`);
  }
  const everyone = differences.map((users) => meanOver(users, (index) => index, users.length));
  return resample(mean(everyone), settings, (random) => {
    let drawn = sameUsers ? drawIndices(random, sizes[0]!) : undefined;
    const means = Array.from({ length: differences.length }, () => {
      const users = differences[random.below(differences.length)]!;
      if (!sameUsers) drawn = drawIndices(random, users.length);
      return meanOver(users, (index) => drawn![index]!, users.length);
    });
    return mean(means);
  });
}

/**
 * Paired percentile bootstrap over users of the difference of two AUCs, `scores` minus `baseline`.
 * @param users user of each sample: all samples of a user are drawn together
 */
export function bootstrapAucDifference(
  samples: {
    readonly scores: ArrayLike<number>;
    readonly baseline: ArrayLike<number>;
    readonly labels: ArrayLike<number>;
    readonly users: ArrayLike<number>;
  },
  settings: BootstrapSettings,
): BootstrapInterval {
  const { scores, baseline, labels, users } = samples;
  const numbers = new Map<number, number>();
  const userOf = Uint32Array.from({ length: users.length }, (_, index) => {
    const user = users[index]!;
    if (!numbers.has(user)) numbers.set(user, numbers.size);
    return numbers.get(user)!;
  });
  const order = ascendingOrder(scores);
  const baselineOrder = ascendingOrder(baseline);
  const difference = (weights?: Float64Array) =>
    aucInOrder(order, scores, labels, weights) - aucInOrder(baselineOrder, baseline, labels, weights);
  const multiplicity = new Float64Array(numbers.size);
  const weights = new Float64Array(users.length);
  return resample(difference(), settings, (random) => {
    multiplicity.fill(0);
    for (const user of drawIndices(random, numbers.size)) multiplicity[user] = multiplicity[user]! + 1;
    for (let index = 0; index < weights.length; index++) weights[index] = multiplicity[userOf[index]!]!;
    return difference(weights);
  });
}

function resample(
  estimate: number,
  settings: BootstrapSettings,
  draw: (random: Random) => number,
): BootstrapInterval {
  const { seed, resamples = 2_000, confidence = 0.95 } = settings;
  const random = createRandom(seed, 'bootstrap');
  const drawn = Float64Array.from({ length: resamples }, () => draw(random)).sort();
  const values = drawn.filter((value) => !Number.isNaN(value));
  const at = (share: number) =>
    values[Math.min(values.length - 1, Math.floor(share * values.length))] ?? Number.NaN;
  return {
    estimate,
    low: at((1 - confidence) / 2),
    high: at((1 + confidence) / 2),
    positiveShare: values.filter((value) => value > 0).length / values.length,
  };
}

function drawIndices(random: Random, size: number): Uint32Array {
  return Uint32Array.from({ length: size }, () => random.below(size));
}

function meanOver(values: ArrayLike<number>, indexAt: (place: number) => number, count: number): number {
  let sum = 0;
  let kept = 0;
  for (let place = 0; place < count; place++) {
    const value = values[indexAt(place)]!;
    if (Number.isNaN(value)) continue;
    sum += value;
    kept++;
  }
  return kept > 0 ? sum / kept : Number.NaN;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
