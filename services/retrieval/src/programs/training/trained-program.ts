import { counter, type ProgramProgress, type TrainingProgram, type TrainingState } from '@isthmus/learning';
import { type RetrievalHeader, retrievalModelFormat } from '../../model/retrieval-header.js';
import { restoreBest } from './best-state.js';
import { countingStep } from './counting-phase.js';
import { dictionaryHealthOf } from './dictionary-steps.js';
import { exportModel } from './export-model.js';
import { gradientPhaseStep } from './gradient-phase.js';
import { calibratePrior, halfLifeOf } from './prior-calibration.js';
import type { RetrievalDesign } from './retrieval-design.js';
import { numbersOf, type TrainingNumbers } from './training-plan.js';
import { enterPhase, firstState, type TrainingPhase } from './training-state.js';
import { validate } from './validation-phase.js';

/**
 * A program that trains a retrieval model by sampled softmax: a warm-up without interests, the first dictionary, joint training
 * with looks at the validation part until it gets no better, and calibration. What has no dictionary leaves its phase out, with
 * the same batches, negatives, warm-up and stopping rule.
 */
export function trainedProgram<Numbers extends TrainingNumbers>(
  design: RetrievalDesign<Numbers>,
): TrainingProgram {
  const { dictionary } = design;
  const numbersIn = numbersOf<Numbers>;
  return {
    name: design.name,
    version: design.version,
    plan: (spec, inputs) => design.plan(spec, inputs),
    initialize: (plan, seed, inputs) => firstState(design, numbersIn(plan), seed, inputs),
    advance(plan, seed, state, inputs) {
      const numbers = numbersIn(plan);
      const done = counter(state, 'phase-steps');
      switch (state.phase as TrainingPhase) {
        case 'warm-up':
          gradientPhaseStep(design, numbers, seed, state, inputs, false);
          break;
        case 'dictionary':
          dictionary?.step(numbers, seed, state, done);
          break;
        case 'joint':
          dictionary?.maintain(numbers, state, done);
          gradientPhaseStep(design, numbers, seed, state, inputs, true);
          if (
            (done + 1) % (numbers.evaluateEpochs * numbers.epochSteps) === 0 ||
            done + 1 === numbers.jointSteps
          ) {
            validate(design, numbers, state, inputs);
          }
          break;
        case 'counting':
          if (done === 0 && counter(state, 'validation/best') >= 0) restoreBest(state);
          countingStep(state, inputs, done, numbers.countingSteps);
          break;
        case 'calibration':
          if (numbers.countingSteps === 0 && counter(state, 'validation/best') >= 0) restoreBest(state);
          dictionary?.calibrate(numbers, state, inputs);
          if (numbers.prior) calibratePrior(design, numbers, state, inputs);
          break;
        case 'finished':
          throw new Error('the run has finished');
      }
      state.step++;
      state.counters.set('phase-steps', done + 1);
      const next = nextPhase(numbers, state);
      if (next !== state.phase) enterPhase(state, next);
      return state;
    },
    finished: (_plan, state) => state.phase === 'finished',
    export: (plan, state) => {
      const numbers = numbersIn(plan);
      const shape = design.shape(numbers, counter(state, 'cross-dim'), true);
      return exportModel(state, {
        format: retrievalModelFormat,
        program: design.name,
        programVersion: design.version,
        shape,
        domains: numbers.domains,
        targetDomain: numbers.targetDomain,
        items: counter(state, 'catalogue/targets'),
        ...otherItemsOf(state),
        representationDigest: numbers.representationDigest,
        interests: numbers.interests,
        temperature: counter(state, 'temperature'),
        ...(shape.codes.length > 0 && { interestShare: counter(state, 'interest-share') }),
        posteriorWeight: counter(state, 'posterior-weight'),
        ...priorOf(numbers, state),
        ...(shape.codes.length > 0 && { dictionary: dictionaryHealthOf(state, shape) }),
      });
    },
    progress: (plan, state) => progressOf(numbersIn(plan), state),
  };
}

function otherItemsOf(state: TrainingState): Pick<RetrievalHeader, 'otherItems'> {
  const otherItems = state.tensors.get('catalogue/items')!.data.length - counter(state, 'catalogue/targets');
  return otherItems > 0 ? { otherItems } : {};
}

function priorOf(numbers: TrainingNumbers, state: TrainingState): Pick<RetrievalHeader, 'prior'> {
  const transitions = state.counters.get('prior/transitions') ?? 0;
  const popularity = state.counters.get('prior/popularity') ?? 0;
  if (transitions === 0 && popularity === 0) return {};
  return { prior: { transitions, popularity, halfLifeMs: halfLifeOf(numbers) } };
}

/** Phase of the next step. */
function nextPhase(numbers: TrainingNumbers, state: TrainingState): TrainingPhase {
  const done = counter(state, 'phase-steps');
  switch (state.phase as TrainingPhase) {
    case 'warm-up':
      if (done < numbers.warmUpSteps) return 'warm-up';
      return numbers.dictionaryPhaseSteps > 0 ? 'dictionary' : 'joint';
    case 'dictionary':
      return done < numbers.dictionaryPhaseSteps ? 'dictionary' : 'joint';
    case 'joint':
      return done < numbers.jointSteps && counter(state, 'validation/since-best') < numbers.patience
        ? 'joint'
        : numbers.countingSteps > 0
          ? 'counting'
          : 'calibration';
    case 'counting':
      return done < numbers.countingSteps ? 'counting' : 'calibration';
    default:
      return 'finished';
  }
}

function progressOf(numbers: TrainingNumbers, state: TrainingState): ProgramProgress {
  const totals: Record<TrainingPhase, number> = {
    'warm-up': numbers.warmUpSteps,
    dictionary: numbers.dictionaryPhaseSteps,
    joint: numbers.jointSteps,
    counting: numbers.countingSteps,
    calibration: 1,
    finished: 0,
  };
  const figures: Record<string, number> = { loss: counter(state, 'loss/retrieval') };
  if (counter(state, 'validation/best') >= 0) figures['recall@50'] = counter(state, 'validation/latest');
  if (state.phase === 'joint') {
    for (const [name, value] of state.counters) {
      if (name.startsWith('loss/') && name !== 'loss/retrieval') figures[name.slice(5)] = value;
    }
    for (const name of ['churn', 'perplexity', 'dead']) {
      const value = state.counters.get(`dictionary/${name}`);
      if (value !== undefined) figures[name] = value;
    }
  }
  return {
    phase: state.phase,
    completed: counter(state, 'phase-steps'),
    total: totals[state.phase as TrainingPhase],
    figures,
  };
}
