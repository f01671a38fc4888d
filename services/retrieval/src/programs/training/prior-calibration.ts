import { counter, type Inputs, type TrainingState, uint32Tensor } from '@isthmus/learning';
import type { ItemPrior } from '../../domain/item-prior.js';
import { openPrior } from '../../model/open-prior.js';
import type { RetrievalNetwork } from '../../model/retrieval-network.js';
import { sourceOf } from './gradient-phase.js';
import type { RetrievalDesign } from './retrieval-design.js';
import { bestScores, type ScoreSettings } from './score-users.js';
import type { TrainingNumbers } from './training-plan.js';
import { parameterPrefix } from './training-step.js';
import { measureCase, readValidation, type ValidationCase } from './validation.js';
import { meanOf, scoreOf, withNetwork } from './validation-phase.js';

/** Weights that serving may use. */
const transitionWeights = [0, 1, 2, 3, 4, 6];
const popularityWeights = [0, 0.25, 0.5, 1, 1.5];

const dayMs = 86_400_000;

/** Milliseconds in which an event loses half of its weight. */
export function halfLifeOf({ popularityHalfLife }: TrainingNumbers): number {
  return popularityHalfLife * dayMs;
}

/**
 * Chooses how much of what was counted is added to the scores, by the score of validation, with everything else as it is. Of equally
 * good weights the smallest is taken, so what does not help is left out.
 */
export function calibratePrior<Numbers extends TrainingNumbers>(
  design: RetrievalDesign<Numbers>,
  numbers: Numbers,
  state: TrainingState,
  inputs: Inputs,
): void {
  const cases = readValidation(sourceOf(numbers, state, inputs));
  if (cases.length === 0) return;
  const prior = openPrior(state.tensors, {
    rows: uint32Tensor(state, 'catalogue/items').length,
    targets: counter(state, 'catalogue/targets'),
    halfLifeMs: halfLifeOf(numbers),
  });
  const shape = design.shape(numbers, counter(state, 'cross-dim'), true);
  const temperature = counter(state, 'temperature');
  const figures = withNetwork(state, parameterPrefix, shape, temperature, (network) =>
    tryWeights(network, numbers.dim, prior, cases, {
      interests: numbers.interests,
      weights: [
        {
          posteriorWeight: counter(state, 'posterior-weight'),
          interestShare: state.counters.get('interest-share') ?? 0,
        },
      ],
    }),
  );
  let best = 0;
  figures.forEach(({ score }, i) => {
    if (score > figures[best]!.score) best = i;
  });
  state.counters.set('prior/transitions', figures[best]!.transitions);
  state.counters.set('prior/popularity', figures[best]!.popularity);
  state.counters.set('validation/latest', figures[best]!.recall);
}

interface TriedWeights {
  readonly transitions: number;
  readonly popularity: number;
  readonly score: number;
  readonly recall: number;
}

function tryWeights(
  network: RetrievalNetwork,
  dim: number,
  prior: ItemPrior,
  cases: readonly ValidationCase[],
  settings: ScoreSettings,
): TriedWeights[] {
  const popularities = prior.hasClock ? popularityWeights : [0];
  const tried = transitionWeights.flatMap((transitions) =>
    popularities.map((popularity) => ({ transitions, popularity })),
  );
  // In the order of their times: what is popular goes forward.
  const ordered = [...cases].sort((a, b) => a.timestampMs - b.timestampMs);
  const figures = tried.map(() => ({
    ndcg20: new Float64Array(cases.length),
    recall50: new Float64Array(cases.length),
  }));
  const users = ordered.map(({ user }) => user);
  const scores = new Float64Array(network.itemVectors.length / network.vectorLength);
  bestScores(network, dim, users, settings, (best, user) => {
    const one = ordered[user]!;
    const said = prior.transitions(one.user.history);
    const popular = prior.popularity(one.timestampMs);
    tried.forEach(({ transitions, popularity }, t) => {
      for (let row = 0; row < scores.length; row++)
        scores[row] = best[row]! + transitions * said[row]! + popularity * popular[row]!;
      measureCase(figures[t]!, user, scores, one);
    });
  });
  return tried.map((weights, t) => ({
    ...weights,
    score: scoreOf(ordered, figures[t]!.ndcg20),
    recall: meanOf(figures[t]!.recall50),
  }));
}
