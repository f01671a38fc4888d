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
} from '@isthmus/learning';
import { writeInterestEmbedding } from '../../domain/interest-dictionary.js';
import type { RetrievalShape } from '../../model/retrieval-shape.js';
import { moveAverages } from './averaged-parameters.js';
import { openCrossDomain } from './cross-domain-reader.js';
import { dictionaryOf, moveCodes } from './dictionary-steps.js';
import { drawHardNegatives, drawNegatives, type Negatives } from './negatives.js';
import type { StepInterests } from './retrieval-loss.js';
import { type BatchSource, readBatch, type TrainingBatch } from './training-batch.js';
import { rowsOfItems } from './training-data.js';
import { shapeOf, type TrainingNumbers } from './training-plan.js';
import { trainingStep } from './training-step.js';

/** Histories up to these lengths share batches, so that little is padded. */
const lengthBounds = [4, 8, 12, 20, 30, 50, 100];

/** One gradient step on the sequences of the schedule, with interests or as in the warm-up without. */
export function gradientPhaseStep(
  numbers: TrainingNumbers,
  seed: Uint8Array,
  state: TrainingState,
  inputs: Inputs,
  withInterests: boolean,
): void {
  const shape = shapeOf(numbers, counter(state, 'cross-dim'), withInterests);
  const source = sourceOf(numbers, state, inputs);
  const random = createRandom(seed, 'batch', state.step);
  const batch = readBatch(source, recordsOfStep(numbers, seed, state), numbers, random);
  const counts = uint32Tensor(state, 'catalogue/counts');
  const negatives = drawNegatives(batch.targets, counts, numbers, random);
  const interests = withInterests
    ? stepInterests(state, shape, batch, (codes) =>
        drawHardNegatives(batch.targets, counts, codes, shape.codes[0]!, negatives, numbers, random),
      )
    : undefined;
  const losses = trainingStep(
    state,
    seed,
    shape,
    { batch, negatives, interests },
    {
      optimiser: { ...defaultAdam, learningRate: numbers.learningRate, weightDecay: numbers.weightDecay },
      dropout: numbers.dropout,
      posteriorLoss: numbers.posteriorLoss,
    },
  );
  moveAverages(state, numbers.averageDecay, state.step);
  average(state, 'loss/retrieval', losses.retrieval);
  average(state, 'loss/posterior', losses.posterior);
  if (withInterests) moveCodes(state, seed, shape, batch.targets, numbers);
}

/** Where batches and validation cases are read from. */
export function sourceOf(numbers: TrainingNumbers, state: TrainingState, inputs: Inputs): BatchSource {
  const data: CommittedInteractions = openInteractions(inputs);
  return {
    data,
    rowOf: rowsOfItems(uint32Tensor(state, 'catalogue/items'), data.items),
    cross: numbers.representationDigest === null ? undefined : openCrossDomain(inputs),
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

function stepInterests(
  state: TrainingState,
  shape: RetrievalShape,
  batch: TrainingBatch,
  draw: (topCodes: Uint32Array) => Negatives,
): StepInterests {
  const codes = uint32Tensor(state, 'dictionary/codes');
  const levels = shape.codes.length;
  const dictionary = dictionaryOf(state, shape);
  const width = levels * shape.dim;
  const codesAt = (rows: Int32Array) =>
    shape.codes.map((_, level) => rows.map((row) => codes[row * levels + level]!));
  const embeddings = new Float32Array(batch.targets.length * width);
  batch.targets.forEach((target, row) => {
    writeInterestEmbedding(
      dictionary,
      codes.subarray(target * levels, (target + 1) * levels),
      embeddings,
      row * width,
    );
  });
  return {
    historyCodes: codesAt(batch.histories),
    futureCodes: codesAt(batch.future),
    embeddings,
    negatives: draw(topCodes(state, shape)),
  };
}

function topCodes(state: TrainingState, shape: RetrievalShape): Uint32Array {
  const codes = uint32Tensor(state, 'dictionary/codes');
  const levels = shape.codes.length;
  return Uint32Array.from({ length: codes.length / levels }, (_, row) => codes[row * levels]!);
}

/** Moves a figure for people who watch towards a new value. */
function average(state: TrainingState, name: string, value: number): void {
  if (!Number.isFinite(value))
    throw new Error(`training has diverged at step ${state.step}: ${name} is ${value}`);
  const before = counter(state, name);
  state.counters.set(name, before === 0 ? value : before + 0.05 * (value - before));
}
