import {
  type CommittedInteractions,
  counter,
  createBatchSchedule,
  createRandom,
  defaultAdam,
  type Inputs,
  openInteractions,
  type TrainingState,
  uint32Tensor,
  withoutValidation,
} from '@isthmus/learning';
import { moveAverages } from './averaged-parameters.js';
import { openCrossDomain } from './cross-domain-reader.js';
import { drawNegatives } from './negatives.js';
import type { RetrievalDesign } from './retrieval-design.js';
import { type BatchSource, readBatch } from './training-batch.js';
import { rowsOfItems } from './training-catalogue.js';
import type { TrainingNumbers } from './training-plan.js';
import { trainingStep } from './training-step.js';

/** Histories up to these lengths share batches, so that little is padded. */
const lengthBounds = [4, 8, 12, 20, 30, 50, 100];

/** One gradient step on the sequences of the schedule; `whole` is false in the warm-up, which has no dictionary. */
export function gradientPhaseStep<Numbers extends TrainingNumbers>(
  design: RetrievalDesign<Numbers>,
  numbers: Numbers,
  seed: Uint8Array,
  state: TrainingState,
  inputs: Inputs,
  whole: boolean,
): void {
  const shape = design.shape(numbers, counter(state, 'cross-dim'), whole);
  const source = sourceOf(numbers, state, inputs);
  const random = createRandom(seed, 'batch', state.step);
  const batch = readBatch(source, recordsOfStep(numbers, seed, state), design.batch(numbers), random);
  const counts = uint32Tensor(state, 'catalogue/counts');
  const uniformRows = numbers.negativeDomain === 'all' ? counts.length : counter(state, 'catalogue/targets');
  const negatives = drawNegatives(batch.targets, counts, { ...numbers, uniformRows }, random);
  const step = design.step({ numbers, seed, state, shape, batch, negatives, random });
  const { learningRate, weightDecay, dropout } = numbers;
  const losses = trainingStep(
    state,
    seed,
    shape,
    { batch, negatives, step },
    {
      optimiser: { ...defaultAdam, learningRate, weightDecay },
      dropout,
    },
  );
  moveAverages(state, numbers.averageDecay, state.step);
  for (const [name, [value]] of Object.entries(losses)) average(state, `loss/${name}`, value!);
  step.after?.();
}

/** Where batches and validation cases are read from. */
export function sourceOf(numbers: TrainingNumbers, state: TrainingState, inputs: Inputs): BatchSource {
  const data: CommittedInteractions = openInteractions(inputs);
  return {
    data,
    learnt: withoutValidation(data),
    rowOf: rowsOfItems(uint32Tensor(state, 'catalogue/items'), data.items),
    cross: numbers.representationDigest === null ? undefined : openCrossDomain(inputs),
    newcomers: counter(state, 'users/newcomers') > 0,
    validation: uint32Tensor(state, 'users/validation'),
  };
}

type Schedule = ReturnType<typeof createBatchSchedule>;

/** Schedules are functions of the state's table of lengths, so they are kept by it. */
const schedules = new WeakMap<object, Schedule>();

function recordsOfStep(numbers: TrainingNumbers, seed: Uint8Array, state: TrainingState): Uint32Array {
  const lengths = uint32Tensor(state, 'users/lengths');
  let schedule = schedules.get(lengths);
  if (schedule === undefined) {
    const { maxLength, batchSize } = numbers;
    const capped = lengths.map((length) => Math.min(length, maxLength));
    const settings = { batchSize, lengthBounds: lengthBounds.filter((bound) => bound < maxLength) };
    schedule = createBatchSchedule(seed, 'order', capped, settings);
    schedules.set(lengths, schedule);
  }
  const training = uint32Tensor(state, 'users/training');
  return schedule.batchAt(state.step).map((position) => training[position]!);
}

/** Moves a figure for people who watch towards a new value. */
function average(state: TrainingState, name: string, value: number): void {
  if (!Number.isFinite(value))
    throw new Error(`training has diverged at step ${state.step}: ${name} is ${value}`);
  const before = state.counters.get(name) ?? 0;
  state.counters.set(name, before === 0 ? value : before + 0.05 * (value - before));
}
