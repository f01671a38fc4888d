import { counter, type Inputs, type TrainingState, uint32Tensor } from '@isthmus/learning';
import type { ItemPrior } from '../../domain/item-prior.js';
import { hearsPopularity, openPrior } from '../../model/open-prior.js';
import type { RetrievalNetwork } from '../../model/retrieval-network.js';
import type { RetrievalShape } from '../../model/retrieval-shape.js';
import { sourceOf } from './gradient-phase.js';
import type { RetrievalDesign } from './retrieval-design.js';
import { bestScores, type ScoreWeights } from './score-users.js';
import type { TrainingNumbers } from './training-plan.js';
import { parameterPrefix } from './training-step.js';
import { measureCase, readValidation, type ValidationCase } from './validation.js';
import { meanOf, scoreOf, withNetwork } from './validation-phase.js';

/** Weights that serving may use. */
const transitionWeights = [0, 1, 2, 3, 4, 6];
const popularityWeights = [0, 0.25, 0.5, 1, 1.5, 2.5, 4];

const dayMs = 86_400_000;

/** Milliseconds in which an event loses half of its weight. */
export function halfLifeOf({ popularityHalfLife }: TrainingNumbers): number {
  return popularityHalfLife * dayMs;
}

/**
 * Chooses how much of what was counted is added to the scores, by the score of validation. What counting knows, the parts of a model's
 * own score need not say, so where there are such parts their weights are chosen anew beside it, and then what was counted once
 * more. Of equally good weights the first is taken, so what does not help is left out.
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
  const popularities = prior.hasClock ? popularityWeights : [0];
  const counted = transitionWeights.flatMap((transitions) =>
    popularities.map((popularity) => ({ transitions, popularity })),
  );
  const own = {
    posteriorWeight: counter(state, 'posterior-weight'),
    interestShare: state.counters.get('interest-share') ?? 0,
  };
  const best = withNetwork(state, parameterPrefix, shape, counter(state, 'temperature'), (network) => {
    const choose = (weights: readonly ScoreWeights[], added: readonly CountedWeights[]) =>
      bestOf(tryWeights(network, shape, numbers.interests, prior, cases, weights, added));
    const first = choose([own], counted);
    if (design.dictionary === undefined) return first;
    const beside = choose(design.dictionary.weights, [first.counted]);
    return choose([beside.own], counted);
  });
  state.counters.set('posterior-weight', best.own.posteriorWeight);
  state.counters.set('interest-share', best.own.interestShare);
  state.counters.set('prior/transitions', best.counted.transitions);
  state.counters.set('prior/popularity', best.counted.popularity);
  state.counters.set('validation/latest', best.recall);
}

/** Weights of what was counted. */
interface CountedWeights {
  readonly transitions: number;
  readonly popularity: number;
}

interface TriedWeights {
  readonly own: ScoreWeights;
  readonly counted: CountedWeights;
  readonly score: number;
  readonly recall: number;
}

function bestOf(tried: readonly TriedWeights[]): TriedWeights {
  return tried.reduce((best, one) => (one.score > best.score ? one : best));
}

/** How every choice of a model's own weights does with every choice for what was counted. */
function tryWeights(
  network: RetrievalNetwork,
  shape: RetrievalShape,
  interests: number,
  prior: ItemPrior,
  cases: readonly ValidationCase[],
  weights: readonly ScoreWeights[],
  added: readonly CountedWeights[],
): TriedWeights[] {
  const tried = weights.flatMap((own) => added.map((counted) => ({ own, counted })));
  // In the order of their times: what is popular goes forward.
  const ordered = [...cases].sort((a, b) => a.timestampMs - b.timestampMs);
  const figures = tried.map(() => ({
    ndcg20: new Float64Array(cases.length),
    recall50: new Float64Array(cases.length),
  }));
  const users = ordered.map(({ user }) => user);
  const scores = new Float64Array(network.itemVectors.length / network.vectorLength);
  bestScores(network, users, { interests, weights }, (best, user, choice) => {
    const one = ordered[user]!;
    const said = prior.transitions(one.user.history);
    const popular = prior.popularity(one.timestampMs);
    const heard = hearsPopularity(shape, one.user.history) ? 1 : 0;
    added.forEach(({ transitions, popularity }, a) => {
      for (let row = 0; row < scores.length; row++)
        scores[row] = best[row]! + transitions * said[row]! + heard * popularity * popular[row]!;
      measureCase(figures[choice * added.length + a]!, user, scores, one);
    });
  });
  return tried.map((one, t) => ({
    ...one,
    score: scoreOf(ordered, figures[t]!.ndcg20),
    recall: meanOf(figures[t]!.recall50),
  }));
}
