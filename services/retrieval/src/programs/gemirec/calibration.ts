import { counter, float32Tensor, type Inputs, type TrainingState } from '@isthmus/learning';
import { logSoftmax } from '../../model/interest-posterior.js';
import type { RetrievalNetwork } from '../../model/retrieval-network.js';
import { refreshCodes } from '../training/dictionary-steps.js';
import { sourceOf } from '../training/gradient-phase.js';
import type { RetrievalDesign } from '../training/retrieval-design.js';
import { parameterPrefix } from '../training/training-step.js';
import { readValidation, type ValidationCase } from '../training/validation.js';
import { bestWeight, withNetwork } from '../training/validation-phase.js';
import type { GemirecNumbers } from './gemirec-plan.js';

/** Weights of the log posterior that serving may use. */
const posteriorWeights = [0, 0.25, 0.5, 0.75, 1];
/** Shares of what the fusion adds to the user vector that serving may use. */
const fusionShares = [1, 0.75, 0.5, 0.25];
/** Divisors of the posterior's logits that calibration tries. */
const temperatures = [0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.4, 1.6, 1.8, 2, 2.5, 3];

/**
 * Fits the temperature of the posterior on the validation part by the likelihood of the targets' interests, and chooses the
 * weight of the posterior and the share of the fusion by the score of validation. The fusion is trained with interests that
 * are known to be right, so where they have to be foreseen it may say too much.
 */
export function calibrate(
  design: RetrievalDesign<GemirecNumbers>,
  numbers: GemirecNumbers,
  state: TrainingState,
  inputs: Inputs,
): void {
  const shape = design.shape(numbers, counter(state, 'cross-dim'), true);
  refreshCodes(state, shape, numbers);
  const cases = readValidation(sourceOf(numbers, state, inputs));
  if (cases.length === 0) return;
  const temperature = withNetwork(state, parameterPrefix, shape, 1, (network) =>
    bestTemperature(network, shape.codes, state, cases),
  );
  state.counters.set('temperature', temperature);
  const whole = float32Tensor(state, fusionOut).slice();
  let best: { readonly share: number; readonly weight: number; readonly score: number } | undefined;
  for (const share of fusionShares) {
    scaleFusion(state, whole, share);
    const found = withNetwork(state, parameterPrefix, shape, temperature, (network) =>
      bestWeight(network, numbers, cases, posteriorWeights),
    );
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
