import {
  addOptimiserSlots,
  addTensor,
  counter,
  createBatchSchedule,
  createRandom,
  createRandomFamily,
  defaultAdam,
  type Random,
} from '@isthmus/learning';

import { popularityClasses } from '../../domain/popularity.js';
import { recencyClasses } from '../../model/causal-scorer.js';
import { tensorNames } from '../../model/model-parts.js';
import { integers } from '../../model/tensor-map.js';
import { sampleTensors } from './label-phase.js';
import type { Phase, PhaseContext } from './phase.js';
import { readSample, sampleKey } from './sample.js';
import { trainedNames, trainingStep } from './training-step.js';

/** Trained together: the scorer on causal labels and through the click loss, the representation, and both click heads. */
export const trainingPhase: Phase = {
  name: 'train',
  steps: (values, state) =>
    values.epochs * Math.ceil((state.counters.get('samples/training') ?? 1) / values.batch),
  run(context, index) {
    if (index === 0) allocate(context);
    const { state, seed } = context;
    const records = integers(state.tensors, sampleTensors.trainingRecords);
    const positions = integers(state.tensors, sampleTensors.trainingPositions);
    const batch = batchAt(context, records, index);
    const random = createRandom(seed, 'train/negatives', index);
    const samples = Array.from(batch, (at) => readSample(context, records[at]!, positions[at]!, random));
    const labels = createRandomFamily(seed, 'labels/coins');
    const coins = (at: number): Random => labels(sampleKey(records[batch[at]!]!, positions[batch[at]!]!));
    const figures = trainingStep(context, samples, coins);
    for (const [name, value] of Object.entries(figures)) follow(context, `train/${name}`, value, index);
  },
};

function allocate({ values, shape, state, seed }: PhaseContext): void {
  const { dim, rank } = values;
  const random = createRandom(seed, 'train/initial');
  const width = dim + shape.contentDim + 1;
  const add = (name: string, extents: readonly number[]) => addTensor(state, name, 'float32', extents);
  random.fillNormal(add(tensorNames.scorerSource, [rank, width]), 0, 0.3);
  random.fillNormal(add(tensorNames.scorerTarget, [rank, width]), 0, 0.3);
  add(tensorNames.scorerUser, [rank, dim]);
  add(tensorNames.scorerPotency, [values.items]);
  add(tensorNames.scorerRecency, [recencyClasses]);
  // Similar items are likelier causes, and a single event is an unlikely one.
  add(tensorNames.scorerSimilarity, [3]).set([2, shape.contentDim > 0 ? 2 : 0, -3.5]);
  identity(add(tensorNames.baseMap, [dim, dim]), dim);
  add(tensorNames.baseWeights, [4]).set([1, 0.3, -1.4, 0]);
  add(tensorNames.basePopularity, [3, popularityClasses]);
  identity(add(tensorNames.pluginMap, [dim, dim]), dim);
  add(tensorNames.pluginWeights, [4]).set([1, 0.3, 0, 0]);
  addOptimiserSlots(state, Object.values(trainedNames), defaultAdam);
}

function identity(matrix: Float32Array, dim: number): void {
  for (let i = 0; i < dim; i++) matrix[i * dim + i] = 1;
}

function batchAt({ values, seed }: PhaseContext, records: Uint32Array, index: number): Uint32Array {
  const known = schedules.get(records);
  if (known !== undefined) return known.batchAt(index);
  const lengths = new Uint8Array(records.length);
  const schedule = createBatchSchedule(seed, 'train/order', lengths, {
    batchSize: values.batch,
    lengthBounds: [],
  });
  schedules.set(records, schedule);
  return schedule.batchAt(index);
}

/** The schedule is a function of seed and samples: kept with the samples so that an epoch is laid out once. */
const schedules = new WeakMap<Uint32Array, ReturnType<typeof createBatchSchedule>>();

/** Running mean over the last fifty steps or so, for people who watch and for the model's own report. */
function follow({ state }: PhaseContext, name: string, value: number, index: number): void {
  const before = index === 0 ? value : counter(state, name);
  state.counters.set(name, before + (value - before) * Math.max(1 / (index + 1), 0.02));
}
