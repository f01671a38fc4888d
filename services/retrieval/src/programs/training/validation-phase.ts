import { counter, type Inputs, type TrainingState } from '@isthmus/learning';
import { logSoftmax } from '../../model/interest-posterior.js';
import type { RetrievalNetwork } from '../../model/retrieval-network.js';
import { keepBest, restoreBest } from './best-state.js';
import { sourceOf } from './gradient-phase.js';
import { networkOf } from './state-network.js';
import { shapeOf, type TrainingNumbers } from './training-plan.js';
import { readValidation, recallAt, targetRanks, type ValidationCase } from './validation.js';

/** Weights of the log posterior that serving may use. */
const posteriorWeights = [0, 0.25, 0.5, 0.75, 1];
/** Weight while training goes on. */
const usualWeight = 0.5;
/** Divisors of the posterior's logits that calibration tries. */
const temperatures = [0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.4, 1.6, 1.8, 2, 2.5, 3];

/** Looks at the validation part: keeps the model if it is the best so far, and counts the looks since. */
export function validate(numbers: TrainingNumbers, state: TrainingState, inputs: Inputs): void {
  const cases = readValidation(sourceOf(numbers, state, inputs));
  const { recall } = bestWeight(numbers, state, cases, 1, [usualWeight]);
  state.counters.set('validation/latest', recall);
  if (recall > counter(state, 'validation/best') || cases.length === 0) {
    state.counters.set('validation/best', recall);
    state.counters.set('validation/since-best', 0);
    keepBest(state);
  } else state.counters.set('validation/since-best', counter(state, 'validation/since-best') + 1);
}

/**
 * Goes back to the best model, fits the temperature of its posterior on the validation part by the likelihood of the
 * targets' interests, and chooses the weight of the posterior by recall.
 */
export function calibrate(numbers: TrainingNumbers, state: TrainingState, inputs: Inputs): void {
  if (counter(state, 'validation/best') >= 0) restoreBest(state);
  if (numbers.codes.length === 0) return;
  const cases = readValidation(sourceOf(numbers, state, inputs));
  if (cases.length === 0) return;
  const temperature = bestTemperature(numbers, state, cases);
  state.counters.set('temperature', temperature);
  const { weight, recall } = bestWeight(numbers, state, cases, temperature, posteriorWeights);
  state.counters.set('posterior-weight', weight);
  state.counters.set('validation/latest', recall);
}

function bestWeight(
  numbers: TrainingNumbers,
  state: TrainingState,
  cases: readonly ValidationCase[],
  temperature: number,
  choices: readonly number[],
): { readonly weight: number; readonly recall: number } {
  return withNetwork(numbers, state, temperature, (network) => {
    const weights = numbers.codes.length > 0 ? choices : [0];
    const ranks = targetRanks(network, numbers.dim, cases, {
      interests: numbers.interests,
      posteriorWeights: weights,
    });
    const recalls = ranks.map((ranksOfWeight) => recallAt(ranksOfWeight, 50));
    const best = recalls.indexOf(Math.max(...recalls));
    return { weight: weights[best]!, recall: recalls[best]! };
  });
}

function bestTemperature(
  numbers: TrainingNumbers,
  state: TrainingState,
  cases: readonly ValidationCase[],
): number {
  const codes = state.tensors.get('dictionary/codes')!.data;
  const width = numbers.codes[1]!;
  const likelihoods = new Float64Array(temperatures.length);
  withNetwork(numbers, state, 1, (network) => {
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
  temperature: number,
  use: (network: RetrievalNetwork) => T,
): T {
  const network = networkOf(state, shapeOf(numbers, counter(state, 'cross-dim'), true), temperature);
  try {
    return use(network);
  } finally {
    network.dispose();
  }
}
