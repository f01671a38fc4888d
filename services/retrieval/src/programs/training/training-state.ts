import {
  addOptimiserSlots,
  addTensor,
  createRandom,
  createState,
  defaultAdam,
  float32Tensor,
  type Inputs,
  log,
  openInteractions,
  type TrainingState,
  uint32Tensor,
} from '@isthmus/learning';
import { fillParameter, parameterShapes } from '../../model/parameter-shapes.js';
import { addAverages } from './averaged-parameters.js';
import { openCrossDomain } from './cross-domain-reader.js';
import { addDictionary } from './dictionary-steps.js';
import { contentWeight, featureCount } from './item-content.js';
import { addPlaces, spaceWeight } from './item-vectors.js';
import type { RetrievalDesign } from './retrieval-design.js';
import { catalogueText } from './training-catalogue.js';
import { addTrainingData } from './training-data.js';
import type { TrainingNumbers } from './training-plan.js';
import { parameterPrefix } from './training-step.js';

/** Phases of a run in their order; a program without interests has no dictionary phase. */
export type TrainingPhase = 'warm-up' | 'dictionary' | 'joint' | 'counting' | 'calibration' | 'finished';

/** The first state: what the steps need of the data, parameters from the seed, and an empty dictionary. */
export function firstState<Numbers extends TrainingNumbers>(
  design: RetrievalDesign<Numbers>,
  numbers: Numbers,
  seed: Uint8Array,
  inputs: Inputs,
): TrainingState {
  const state = createState(firstPhase(numbers));
  const cross = numbers.representationDigest === null ? undefined : openCrossDomain(inputs);
  addTrainingData(state, openInteractions(inputs), seed, {
    validationUsers: numbers.validationUsers,
    fewestEvents: design.batch(numbers).firstEvents ? 1 : 2,
    histories: numbers.histories,
  });
  const items = uint32Tensor(state, 'catalogue/items').length;
  const shape = design.shape(numbers, cross?.dim ?? 0, true);
  const names: string[] = [];
  for (const { name, shape: size, start } of parameterShapes(shape, items)) {
    const data = addTensor(state, parameterPrefix + name, 'float32', size);
    fillParameter(data, size, start, createRandom(seed, `parameter/${name}`));
    names.push(parameterPrefix + name);
  }
  if (design.popularityCoordinate) startFromPopularity(state, shape.dim);
  const features = numbers.content ? featureCount(catalogueText(state)) : 0;
  if (features > 0) {
    const name = parameterPrefix + contentWeight;
    const size = [features, shape.dim];
    fillParameter(
      addTensor(state, name, 'float32', size),
      size,
      'small',
      createRandom(seed, 'parameter/content'),
    );
    names.push(name);
  }
  if (cross !== undefined) {
    const name = parameterPrefix + spaceWeight;
    addTensor(state, name, 'float32', [cross.dim, shape.dim]);
    names.push(name);
    addPlaces(state, uint32Tensor(state, 'catalogue/items'), cross);
  }
  addAverages(state, names);
  addOptimiserSlots(state, names, defaultAdam);
  if (shape.codes.length > 0) addDictionary(state, shape, items);
  const counters: [string, number][] = [
    ['cross-dim', shape.crossDim],
    ['phase-steps', 0],
    ['temperature', 1],
    ['posterior-weight', 1],
    ['interest-share', 1],
    ['validation/best', -1],
    ['validation/latest', 0],
    ['validation/since-best', 0],
    ['loss/retrieval', 0],
  ];
  for (const [name, value] of counters) state.counters.set(name, value);
  return state;
}

/**
 * The last coordinate of an item starts as the log of its training events, centred: every query has a 1 there, so that a
 * user of whom nothing is known is offered what is popular from the first step on.
 */
function startFromPopularity(state: TrainingState, dim: number): void {
  const items = float32Tensor(state, `${parameterPrefix}items`);
  const logs = Float64Array.from(uint32Tensor(state, 'catalogue/counts'), (count) => log(count + 0.5));
  const mean = logs.reduce((a, b) => a + b, 0) / logs.length;
  logs.forEach((value, row) => {
    items[(row + 1) * dim - 1] = value - mean;
  });
}

/** Goes to a phase. */
export function enterPhase(state: TrainingState, phase: TrainingPhase): void {
  state.phase = phase;
  state.counters.set('phase-steps', 0);
}

function firstPhase(numbers: TrainingNumbers): TrainingPhase {
  if (numbers.warmUpSteps > 0) return 'warm-up';
  return numbers.dictionaryPhaseSteps > 0 ? 'dictionary' : 'joint';
}
