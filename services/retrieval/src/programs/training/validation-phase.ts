import { counter, type Inputs, type TrainingState } from '@isthmus/learning';
import type { RetrievalNetwork } from '../../model/retrieval-network.js';
import type { RetrievalShape } from '../../model/retrieval-shape.js';
import { averagePrefix } from './averaged-parameters.js';
import { keepBest } from './best-state.js';
import { sourceOf } from './gradient-phase.js';
import type { RetrievalDesign } from './retrieval-design.js';
import type { ScoreWeights } from './score-users.js';
import { networkOf } from './state-network.js';
import type { TrainingNumbers } from './training-plan.js';
import { readValidation, scoreCases, type ValidationCase } from './validation.js';

/** Weights while training goes on. */
const usualWeights: ScoreWeights = { posteriorWeight: 0.5, interestShare: 0.5 };

/** Looks at the validation part: keeps the model if it is the best so far, and counts the looks since. */
export function validate<Numbers extends TrainingNumbers>(
  design: RetrievalDesign<Numbers>,
  numbers: Numbers,
  state: TrainingState,
  inputs: Inputs,
): void {
  const cases = readValidation(sourceOf(numbers, state, inputs));
  const shape = design.shape(numbers, counter(state, 'cross-dim'), true);
  const { score, recall } = withNetwork(state, averagePrefix, shape, 1, (network) =>
    bestWeights(network, numbers, cases, [usualWeights]),
  );
  state.counters.set('validation/latest', recall);
  if (score > counter(state, 'validation/best') || cases.length === 0) {
    state.counters.set('validation/best', score);
    state.counters.set('validation/since-best', 0);
    keepBest(state);
  } else state.counters.set('validation/since-best', counter(state, 'validation/since-best') + 1);
}

/** The weights that find the targets of the cases best, by NDCG@20, and how well. */
export function bestWeights(
  network: RetrievalNetwork,
  { interests }: TrainingNumbers,
  cases: readonly ValidationCase[],
  choices: readonly ScoreWeights[],
): ScoreWeights & { readonly score: number; readonly recall: number } {
  const figures = scoreCases(network, cases, { interests, weights: choices });
  const scores = figures.map(({ ndcg20 }) => scoreOf(cases, ndcg20));
  const best = scores.indexOf(Math.max(...scores));
  return { ...choices[best]!, score: scores[best]!, recall: meanOf(figures[best]!.recall50) };
}

/** Uses the network that a state would be served with, and gives its memory back. */
export function withNetwork<T>(
  state: TrainingState,
  prefix: string,
  shape: RetrievalShape,
  temperature: number,
  use: (network: RetrievalNetwork) => T,
): T {
  const network = networkOf(state, prefix, shape, temperature, 1);
  try {
    return use(network);
  } finally {
    network.dispose();
  }
}

/**
 * Mean NDCG@20; with newcomers among the cases the geometric mean of theirs and the others': a hundredth of the one counts as much
 * as a hundredth of the other. Their plain mean would be that of known users, who are found more often; what they gain late in
 * a training, newcomers pay for.
 */
export function scoreOf(cases: readonly ValidationCase[], ndcg: Float64Array): number {
  const isNewcomer = (_: number, i: number): boolean => cases[i]!.user.history.length === 0;
  const newcomers = ndcg.filter(isNewcomer);
  if (newcomers.length === 0 || newcomers.length === ndcg.length) return meanOf(ndcg);
  return Math.sqrt(meanOf(newcomers) * meanOf(ndcg.filter((value, i) => !isNewcomer(value, i))));
}

/** Mean of the values; 0 of none. */
export function meanOf(values: Float64Array): number {
  return values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length;
}
