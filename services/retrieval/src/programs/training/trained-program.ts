import {
  counter,
  type InputInfo,
  type JsonObject,
  type Plan,
  type ProgramProgress,
  type TrainingProgram,
  type TrainingState,
} from '@isthmus/learning';
import { retrievalModelFormat } from '../../model/retrieval-header.js';
import { dictionaryStep, refreshCodes } from './dictionary-steps.js';
import { exportModel } from './export-model.js';
import { gradientPhaseStep } from './gradient-phase.js';
import { numbersOf, shapeOf, type TrainingNumbers } from './training-plan.js';
import { enterPhase, firstState, type TrainingPhase } from './training-state.js';
import { calibrate, validate } from './validation-phase.js';

/**
 * A program that trains a retrieval model by sampled softmax: a warm-up without interests, the first dictionary by
 * k-means, joint training with looks at the validation part until it gets no better, and calibration. What has no
 * interests leaves the dictionary out, with the same batches, negatives, warm-up and stopping rule.
 */
export function trainedProgram(
  name: string,
  version: string,
  plan: (spec: JsonObject, inputs: InputInfo) => Plan,
): TrainingProgram {
  return {
    name,
    version,
    plan,
    initialize: (plan, seed, inputs) => firstState(numbersOf(plan), seed, inputs),
    advance(plan, seed, state, inputs) {
      const numbers = numbersOf(plan);
      const done = counter(state, 'phase-steps');
      const withInterests = numbers.codes.length > 0;
      switch (state.phase as TrainingPhase) {
        case 'warm-up':
          gradientPhaseStep(numbers, seed, state, inputs, false);
          break;
        case 'dictionary':
          dictionaryStep(state, seed, fullShape(numbers, state), done, numbers.dictionarySteps);
          break;
        case 'joint':
          if (withInterests && done > 0 && done % (numbers.refreshEpochs * numbers.epochSteps) === 0) {
            refreshCodes(state, fullShape(numbers, state));
          }
          gradientPhaseStep(numbers, seed, state, inputs, withInterests);
          if (
            (done + 1) % (numbers.evaluateEpochs * numbers.epochSteps) === 0 ||
            done + 1 === numbers.jointSteps
          ) {
            validate(numbers, state, inputs);
          }
          break;
        case 'calibration':
          calibrate(numbers, state, inputs);
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
      const numbers = numbersOf(plan);
      return exportModel(state, {
        format: retrievalModelFormat,
        program: name,
        programVersion: version,
        shape: fullShape(numbers, state),
        domains: numbers.domains,
        targetDomain: numbers.targetDomain,
        items: state.tensors.get('catalogue/items')!.data.length,
        representationDigest: numbers.representationDigest,
        interests: numbers.interests,
        temperature: counter(state, 'temperature'),
        posteriorWeight: counter(state, 'posterior-weight'),
      });
    },
    progress: (plan, state) => progressOf(numbersOf(plan), state),
  };
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
        : 'calibration';
    default:
      return 'finished';
  }
}

function progressOf(numbers: TrainingNumbers, state: TrainingState): ProgramProgress {
  const totals: Record<TrainingPhase, number> = {
    'warm-up': numbers.warmUpSteps,
    dictionary: numbers.dictionaryPhaseSteps,
    joint: numbers.jointSteps,
    calibration: 1,
    finished: 0,
  };
  const figures: Record<string, number> = { loss: counter(state, 'loss/retrieval') };
  if (counter(state, 'validation/best') >= 0) figures['recall@50'] = counter(state, 'validation/latest');
  if (numbers.codes.length > 0 && state.phase === 'joint') {
    figures.posterior = counter(state, 'loss/posterior');
    figures.churn = counter(state, 'dictionary/churn');
  }
  return {
    phase: state.phase,
    completed: counter(state, 'phase-steps'),
    total: totals[state.phase as TrainingPhase],
    figures,
  };
}

function fullShape(numbers: TrainingNumbers, state: TrainingState) {
  return shapeOf(numbers, counter(state, 'cross-dim'), true);
}
