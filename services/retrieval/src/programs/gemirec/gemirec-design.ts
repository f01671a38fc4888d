import { counter, type TrainingState } from '@isthmus/learning';
import type { RetrievalShape } from '../../model/retrieval-shape.js';
import { dictionaryStep, moveCodes, refreshCodes } from '../training/dictionary-steps.js';
import { ownShifts, placesOf, spaceWeight } from '../training/item-vectors.js';
import type { RetrievalDesign, StepContext } from '../training/retrieval-design.js';
import { parameterPrefix } from '../training/training-step.js';
import { calibrate, gemirecWeights } from './calibration.js';
import { gemirecLoss, type StepPlacement } from './gemirec-loss.js';
import { type GemirecNumbers, planGemirec } from './gemirec-plan.js';
import { stepInterests } from './step-interests.js';

/**
 * GemiRec in our reconstruction: an interest dictionary that quantises the items, a posterior over coming interests, and
 * a query for each interest, with the cross-domain representation of the user where the run declares one.
 */
export const gemirecDesign: RetrievalDesign<GemirecNumbers> = {
  name: 'gemirec',
  version: '2.0.0',
  popularityCoordinate: true,
  plan: planGemirec,
  shape: gemirecShape,
  batch: ({ maxLength, window, historyDropout }) => ({
    maxLength,
    window,
    historyDropout,
    firstEvents: true,
    cuts: 0,
  }),
  step(context) {
    const { numbers, seed, state, shape, batch, negatives } = context;
    const placement = placementOf(context);
    const interests = shape.codes.length > 0 ? stepInterests(context) : undefined;
    const { posteriorLoss, interestLoss } = numbers;
    const step = { shape, batch, negatives, placement, interests, posteriorLoss, interestLoss };
    return {
      rows: interests === undefined ? [] : [interests.rivals],
      parameters: placement === undefined ? [] : [spaceWeight],
      loss: (pass) => gemirecLoss(step, pass),
      after() {
        if (interests !== undefined && mayMove(numbers, counter(state, 'phase-steps')))
          moveCodes(state, seed, shape, batch.targets, numbers);
      },
    };
  },
  dictionary: {
    steps: ({ dictionarySteps, codes }) => dictionarySteps * codes.length,
    step: (numbers, seed, state, done) =>
      dictionaryStep(state, seed, wholeShape(numbers, state), done, numbers.dictionarySteps, numbers),
    maintain(numbers, state, done) {
      const due = done > 0 && done % (numbers.refreshEpochs * numbers.epochSteps) === 0;
      const refresh = due && mayMove(numbers, done - 1);
      if (refresh) refreshCodes(state, wholeShape(numbers, state), numbers);
    },
    weights: gemirecWeights,
    calibrate: (numbers, state, inputs) => calibrate(gemirecDesign, numbers, state, inputs),
  },
};

/** Whether codes move after a joint step; `done` counts those before. */
function mayMove({ movingEpochs, epochSteps }: GemirecNumbers, done: number): boolean {
  return done < movingEpochs * epochSteps;
}

function gemirecShape(numbers: GemirecNumbers, crossDim: number, whole: boolean): RetrievalShape {
  const { dim, maxLength, heads, hidden, codes, dictionary, interestEmbedding } = numbers;
  const sizes = { dim, maxLength, heads, hidden, crossDim, codes: whole ? codes : [] };
  return { encoder: 'transformer', ...sizes, dictionaryKind: dictionary, interestEmbedding };
}

function wholeShape(numbers: GemirecNumbers, state: TrainingState): RetrievalShape {
  return gemirecShape(numbers, counter(state, 'cross-dim'), true);
}

function placementOf({ state, shape, batch }: StepContext): StepPlacement | undefined {
  const { crossDim } = shape;
  if (!state.tensors.has(parameterPrefix + spaceWeight)) return undefined;
  return {
    places: (rows) => placesOf(state, rows, crossDim)!,
    shifts: ownShifts(state, batch.targets, batch.ownPlaces, crossDim),
  };
}
