import { counter, float32Tensor, type Inputs, type TrainingState } from '@isthmus/learning';
import { logSoftmax } from '../../model/interest-posterior.js';
import type { RetrievalNetwork } from '../../model/retrieval-network.js';
import { averagePrefix } from './averaged-parameters.js';
import { keepBest, restoreBest } from './best-state.js';
import { refreshCodes } from './dictionary-steps.js';
import { sourceOf } from './gradient-phase.js';
import { networkOf } from './state-network.js';
import { shapeOf, type TrainingNumbers } from './training-plan.js';
import { parameterPrefix } from './training-step.js';
import { readValidation, recallAt, smoothRecall, targetRanks, type ValidationCase } from './validation.js';

/** Weights of the log posterior that serving may use. */
const posteriorWeights = [0, 0.25, 0.5, 0.75, 1];
/** Weight while training goes on. */
const usualWeight = 0.5;
/** Shares of what the fusion adds to the user vector that serving may use. */
const fusionShares = [1, 0.75, 0.5, 0.25];
/** Divisors of the posterior's logits that calibration tries. */
const temperatures = [0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.4, 1.6, 1.8, 2, 2.5, 3];

/** Looks at the validation part: keeps the model if it is the best so far, and counts the looks since. */
export function validate(numbers: TrainingNumbers, state: TrainingState, inputs: Inputs): void {
  const cases = readValidation(sourceOf(numbers, state, inputs));
  const { score, recall } = bestWeight(numbers, state, averagePrefix, cases, 1, [usualWeight]);
  state.counters.set('validation/latest', recall);
  if (score > counter(state, 'validation/best') || cases.length === 0) {
    state.counters.set('validation/best', score);
    state.counters.set('validation/since-best', 0);
    keepBest(state);
  } else state.counters.set('validation/since-best', counter(state, 'validation/since-best') + 1);
}

/**
 * Goes back to the best model, fits the temperature of its posterior on the validation part by the likelihood of the
 * targets' interests, and chooses the weight of the posterior and the share of the fusion by {@link scoreOf}. The
 * fusion is trained with interests that are known to be right, so where they have to be foreseen it may say too much.
 */
export function calibrate(numbers: TrainingNumbers, state: TrainingState, inputs: Inputs): void {
  if (counter(state, 'validation/best') >= 0) restoreBest(state);
  if (numbers.codes.length === 0) return;
  refreshCodes(state, shapeOf(numbers, counter(state, 'cross-dim'), true));
  const cases = readValidation(sourceOf(numbers, state, inputs));
  if (cases.length === 0) return;
  const temperature = bestTemperature(numbers, state, cases);
  state.counters.set('temperature', temperature);
  const whole = float32Tensor(state, fusionOut).slice();
  let best: { readonly share: number; readonly weight: number; readonly score: number } | undefined;
  for (const share of fusionShares) {
    scaleFusion(state, whole, share);
    const found = bestWeight(numbers, state, parameterPrefix, cases, temperature, posteriorWeights);
    if (best !== undefined && found.score <= best.score) continue;
    best = { share, ...found };
    state.counters.set('validation/latest', found.recall);
  }
  scaleFusion(state, whole, best!.share);
  state.counters.set('fusion-share', best!.share);
  state.counters.set('posterior-weight', best!.weight);
}

const fusionOut = `${parameterPrefix}fusion/out`;

function scaleFusion(state: TrainingState, whole: Float32Array, share: number): void {
  const out = float32Tensor(state, fusionOut);
  whole.forEach((value, i) => {
    out[i] = share * value;
  });
}

function bestWeight(
  numbers: TrainingNumbers,
  state: TrainingState,
  prefix: string,
  cases: readonly ValidationCase[],
  temperature: number,
  choices: readonly number[],
): { readonly weight: number; readonly score: number; readonly recall: number } {
  return withNetwork(numbers, state, prefix, temperature, (network) => {
    const weights = numbers.codes.length > 0 ? choices : [0];
    const ranks = targetRanks(network, numbers.dim, cases, {
      interests: numbers.interests,
      posteriorWeights: weights,
    });
    const scores = ranks.map((ranksOfWeight) => scoreOf(cases, ranksOfWeight));
    const best = scores.indexOf(Math.max(...scores));
    return { weight: weights[best]!, score: scores[best]!, recall: recallAt(ranks[best]!, 50) };
  });
}

/**
 * Geometric mean of the smooth recall of users with a history and of newcomers, where there are both: a hundredth of the one counts as
 * much as a hundredth of the other. Their plain mean would be that of known users, who are found more often; what they gain late
 * in a training, newcomers pay for.
 */
function scoreOf(cases: readonly ValidationCase[], ranks: Float64Array): number {
  const part = (isWanted: (one: ValidationCase) => boolean): number =>
    smoothRecall(
      ranks.filter((_, i) => isWanted(cases[i]!)),
      50,
    );
  const isNewcomer = ({ user }: ValidationCase): boolean => user.history.length === 0;
  if (!cases.some(isNewcomer)) return smoothRecall(ranks, 50);
  return Math.sqrt(part((one) => !isNewcomer(one)) * part(isNewcomer));
}

function bestTemperature(
  numbers: TrainingNumbers,
  state: TrainingState,
  cases: readonly ValidationCase[],
): number {
  const codes = state.tensors.get('dictionary/codes')!.data;
  const width = numbers.codes[1]!;
  const likelihoods = new Float64Array(temperatures.length);
  withNetwork(numbers, state, parameterPrefix, 1, (network) => {
    for (let start = 0; start < cases.length; start += 64) {
      const part = cases.slice(start, start + 64);
      const posteriors = network.posteriors(part.map(({ user }) => user));
      part.forEach(({ target }, i) => {
        const { first, second } = posteriors[i]!;
        const code = codes[target * 2]!;
        const following = second.subarray(code * width, (code + 1) * width);
        temperatures.forEach((temperature, t) => {
          likelihoods[t]! +=
            logSoftmax(first, temperature)[code]! +
            logSoftmax(following, temperature)[codes[target * 2 + 1]!]!;
        });
      });
    }
  });
  return temperatures[likelihoods.indexOf(Math.max(...likelihoods))]!;
}

function withNetwork<T>(
  numbers: TrainingNumbers,
  state: TrainingState,
  prefix: string,
  temperature: number,
  use: (network: RetrievalNetwork) => T,
): T {
  const network = networkOf(state, prefix, shapeOf(numbers, counter(state, 'cross-dim'), true), temperature);
  try {
    return use(network);
  } finally {
    network.dispose();
  }
}
