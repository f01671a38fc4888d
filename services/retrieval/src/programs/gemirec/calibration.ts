import { counter, type Inputs, type TrainingState } from '@isthmus/learning';
import { logSoftmax } from '../../model/interest-posterior.js';
import type { RetrievalNetwork } from '../../model/retrieval-network.js';
import { noteUse } from '../training/dictionary-steps.js';
import { sourceOf } from '../training/gradient-phase.js';
import type { RetrievalDesign } from '../training/retrieval-design.js';
import type { ScoreWeights } from '../training/score-users.js';
import { parameterPrefix } from '../training/training-step.js';
import { readValidation, type ValidationCase } from '../training/validation.js';
import { bestWeights, withNetwork } from '../training/validation-phase.js';
import type { GemirecNumbers } from './gemirec-plan.js';

/** Weights of the log posterior, and of what is said among the items of an interest, that serving may use. */
const posteriorWeights = [0, 0.25, 0.5, 0.75, 1];
const interestShares = [0, 0.25, 0.5, 0.75, 1];

/** What the weights of the parts of a score are chosen from. */
export const gemirecWeights: readonly ScoreWeights[] = interestShares.flatMap((interestShare) =>
  posteriorWeights.map((posteriorWeight) => ({ interestShare, posteriorWeight })),
);

/** Divisors of the posterior's logits that calibration tries. */
const temperatures = [0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.4, 1.6, 1.8, 2, 2.5, 3];

/**
 * Fits the temperature of the posterior on the validation part by the likelihood of the targets' interests, and chooses the
 * weights of the parts of the score by the score of validation: experts that were trained apart do not know what the others say.
 */
export function calibrate(
  design: RetrievalDesign<GemirecNumbers>,
  numbers: GemirecNumbers,
  state: TrainingState,
  inputs: Inputs,
): void {
  const shape = design.shape(numbers, counter(state, 'cross-dim'), true);
  noteUse(state, shape);
  const cases = readValidation(sourceOf(numbers, state, inputs));
  if (cases.length === 0) return;
  const temperature = withNetwork(state, parameterPrefix, shape, 1, (network) =>
    bestTemperature(network, shape.codes, state, cases),
  );
  state.counters.set('temperature', temperature);
  const best = withNetwork(state, parameterPrefix, shape, temperature, (network) =>
    bestWeights(network, numbers, cases, gemirecWeights),
  );
  state.counters.set('validation/latest', best.recall);
  state.counters.set('interest-share', best.interestShare);
  state.counters.set('posterior-weight', best.posteriorWeight);
}

function bestTemperature(
  network: RetrievalNetwork,
  counts: readonly number[],
  state: TrainingState,
  cases: readonly ValidationCase[],
): number {
  const codes = state.tensors.get('dictionary/codes')!.data;
  const width = counts[1]!;
  const likelihoods = new Float64Array(temperatures.length);
  for (let start = 0; start < cases.length; start += 64) {
    const part = cases.slice(start, start + 64);
    const posteriors = network.posteriors(part.map(({ user }) => user));
    part.forEach(({ targets }, i) => {
      const { first, second } = posteriors[i]!;
      const target = targets[0]!;
      const code = codes[target * 2]!;
      const following = second.subarray(code * width, (code + 1) * width);
      temperatures.forEach((temperature, t) => {
        likelihoods[t]! +=
          logSoftmax(first, temperature)[code]! + logSoftmax(following, temperature)[codes[target * 2 + 1]!]!;
      });
    });
  }
  return temperatures[likelihoods.indexOf(Math.max(...likelihoods))]!;
}
