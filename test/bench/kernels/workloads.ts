import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  adamStep,
  add,
  capturePlan,
  differentiate,
  keep,
  logSumExp,
  matMul,
  mean,
  type ParameterArray,
  releaseFloats,
  residentFloats,
  type SampledCompetition,
  sampledLogSumExp,
  scoped,
  type Tensor,
  tensor,
} from '@isthmus/kernels';
import { countBatches, createBatchSchedule } from '@isthmus/learning';
import {
  encode,
  lossOf,
  type TrainingBatch,
  type TransformerSize,
  transformerParameters,
  uniform,
} from './transformer.js';

/** Something to time: `run` does it once. */
export interface Workload {
  readonly run: () => void;
  /** Floating-point operations of a run; for rates. */
  readonly operations?: number;
  /** What an encoder computes. */
  readonly states?: () => Float32Array;
}

/** Model of the training step: vocabulary 20,000, width 64, length 20, 2 layers; batch 256, 1,280 sampled negatives, Adam. */
const trained: TransformerSize = { vocabulary: 20_000, width: 64, length: 20, layers: 2, heads: 2 };
/** Model of the encoder: the same at length 50. */
const served: TransformerSize = { ...trained, length: 50 };

/** `[rows, depth, columns]`: the shapes of layers, and of scoring sampled items. */
export const matMulShapes = [
  [1, 64, 64],
  [50, 64, 64],
  [1600, 64, 256],
  [5120, 64, 256],
  [256, 64, 1280],
] as const;

/**
 * A workload by its name: `step`, `encoder-1`, `encoder-32`, `matmul-ROWSxDEPTHxCOLUMNS`, `softmax-fused-ROWSxNEGATIVES`,
 * `softmax-composed-ROWSxNEGATIVES`, or `epoch-bucketed:FILE` and `epoch-padded:FILE` with a log of interactions.
 */
export function workload(name: string): Workload {
  if (name === 'step') return trainingStep();
  const [, batch] = /^encoder-(\d+)$/.exec(name) ?? [];
  if (batch !== undefined) return encoder(Number(batch));
  const [, kind, logFile] = /^epoch-(bucketed|padded):(.+)$/.exec(name) ?? [];
  if (logFile !== undefined) return epoch(logFile, kind === 'bucketed');
  const [, way, ...size] = /^softmax-(fused|composed)-(\d+)x(\d+)$/.exec(name) ?? [];
  if (size.length === 2) return softmaxPass(Number(size[0]), Number(size[1]), way === 'fused');
  const [, ...shape] = /^matmul-(\d+)x(\d+)x(\d+)$/.exec(name) ?? [];
  if (shape.length === 3) return product(...(shape.map(Number) as [number, number, number]));
  throw new Error(`There is no workload ${name}`);
}

/** Part of a training step. */
export type StepPhase = 'forward' | 'backward' | 'optimiser';

/**
 * The training step.
 * @param enter is told where each part begins
 */
export function trainingStep(enter?: (phase: StepPhase) => void): Workload {
  const random = uniform(2);
  const batch = { ...drawn(random, trained, 256, trained.length), negatives: items(random, trained, 1280) };
  const { train } = trainer(trained, enter);
  return { run: () => train(batch) };
}

/** A model of this size and a function that trains it, one step a call. */
function trainer(size: TransformerSize, enter?: (phase: StepPhase) => void) {
  const parameters = resident(transformerParameters(size));
  const moments = new Map(
    Object.entries(parameters).map(([name, { data }]) => [
      name,
      { first: residentFloats(data.length), second: residentFloats(data.length) },
    ]),
  );
  let step = 0;
  const train = (batch: TrainingBatch): void => {
    step += 1;
    enter?.('forward');
    const objective = (model: Record<string, Tensor>) => {
      const value = lossOf(model, size, batch);
      enter?.('backward');
      return { value };
    };
    let isFirst = true;
    differentiate(parameters, objective, (name, gradient) => {
      if (isFirst) enter?.('optimiser');
      isFirst = false;
      const { data } = parameters[name] as ParameterArray;
      const { first, second } = moments.get(name) as { first: Float32Array; second: Float32Array };
      adamStep({ parameter: data, first, second }, gradient as Tensor, step, adamSettings);
    });
  };
  const release = (): void => {
    for (const { data } of Object.values(parameters)) releaseFloats(data);
    for (const { first, second } of moments.values()) [first, second].forEach(releaseFloats);
  };
  return { train, parameters, release };
}

/** Parameters of a small model after twenty steps from a fixed start. */
export function twentySteps(): Float32Array[] {
  const size = { ...trained, vocabulary: 2000, length: 12 };
  const random = uniform(6);
  const { train, parameters, release } = trainer(size);
  for (let step = 0; step < 20; step++) {
    train({ ...drawn(random, size, 64, size.length), negatives: items(random, size, 200) });
  }
  const state = Object.values(parameters).map(({ data }) => data.slice());
  release();
  return state;
}

function items(random: () => number, { vocabulary }: TransformerSize, count: number): Int32Array {
  return Int32Array.from({ length: count }, () => Math.floor(random() * vocabulary));
}

function drawn(random: () => number, size: TransformerSize, sequences: number, length: number) {
  return { length, items: items(random, size, sequences * length), targets: items(random, size, sequences) };
}

/** Histories up to these lengths share batches, as in the training of retrieval. */
const lengthBounds = [4, 8, 12, 20, 30];

/**
 * An epoch over sequences of the lengths that the users of a log have, at most 50, in batches of 256 with 256 negatives: batches
 * of like lengths, or all sequences padded to 50.
 */
function epoch(logFile: string, bucketed: boolean): Workload {
  const lengths = lengthsOfUsers(logFile, served.length);
  const size = { ...served, vocabulary: 12_101 };
  const settings = { batchSize: 256, lengthBounds: bucketed ? lengthBounds : [] };
  const schedule = createBatchSchedule(new Uint8Array(32), 'order', lengths, settings);
  const random = uniform(5);
  const { train } = trainer(size);
  return {
    run: () => {
      for (let step = 0; step < countBatches(lengths, settings); step++) {
        const members = schedule.batchAt(step);
        const longest = bucketed ? Math.max(...members.map((user) => lengths[user] as number)) : size.length;
        train({ ...drawn(random, size, members.length, longest), negatives: items(random, size, 256) });
      }
    },
  };
}

/** Events of each user of a log in RecBole's format less the last one, which is the target; at most `most`. */
function lengthsOfUsers(logFile: string, most: number): Uint32Array {
  const counts = new Map<string, number>();
  for (const line of gunzipSync(readFileSync(logFile)).toString('utf8').split('\n').slice(1)) {
    const user = line.slice(0, line.indexOf('\t'));
    if (user !== '') counts.set(user, (counts.get(user) ?? 0) + 1);
  }
  return Uint32Array.from(counts.values(), (count) => Math.max(1, Math.min(most, count - 1)));
}

/** The parameters in the memory of the kernels. */
function resident(parameters: Readonly<Record<string, ParameterArray>>): Record<string, ParameterArray> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { shape, data }]) => {
      const array = residentFloats(data.length);
      array.set(data);
      return [name, { shape, data: array }];
    }),
  );
}

const adamSettings = { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };

function encoder(sequences: number): Workload {
  const model: Record<string, Tensor> = {};
  for (const [name, { data, shape }] of Object.entries(transformerParameters(served))) {
    model[name] = keep(tensor(data, shape as number[]));
  }
  const items = encoderItems(sequences);
  const plan = capturePlan({ items: { shape: [sequences, served.length], dtype: 'int32' } }, (inputs) => ({
    states: encode(model, served, inputs.items, sequences, served.length),
  }));
  return { run: () => plan.run({ items }), states: () => plan.run({ items }).states };
}

/** Items of the encoder's sequences. */
export function encoderItems(sequences: number): Int32Array {
  const random = uniform(3);
  return Int32Array.from({ length: sequences * served.length }, () =>
    Math.floor(random() * served.vocabulary),
  );
}

/** Size of the encoder, for peers that build it by other means. */
export const encoderSize = served;

function product(rows: number, depth: number, columns: number): Workload {
  const random = uniform(4);
  const values = (count: number) => Float32Array.from({ length: count }, () => random() - 0.5);
  const a = keep(tensor(values(rows * depth), [rows, depth]));
  const b = keep(tensor(values(depth * columns), [depth, columns]));
  const operations = 2 * rows * depth * columns;
  // Small products are repeated, so that a run is long against the clock.
  const repeats = Math.max(1, Math.round(2e7 / operations));
  return {
    run: () => {
      for (let i = 0; i < repeats; i++) scoped(() => matMul(a, b));
    },
    operations: operations * repeats,
  };
}

/** `[rows, negatives]` of the sampled softmax by itself: that of the step, and that of a retrieval training. */
export const softmaxShapes = [
  [256, 1280],
  [1500, 2048],
] as const;

/** Sampled softmax with the correction logQ, forward and backward, by one kernel or by several and a matrix of shifts. */
function softmaxPass(rows: number, count: number, fused: boolean): Workload {
  const random = uniform(7);
  const { width } = trained;
  const values = (length: number) => Float32Array.from({ length }, () => random() - 0.5);
  const parameters = {
    queries: { shape: [rows, width], data: values(rows * width) },
    vectors: { shape: [count, width], data: values(count * width) },
  };
  const competition = {
    ids: items(random, trained, count),
    targets: items(random, trained, rows),
    shifts: values(count),
  };
  const denominator = fused ? sampledLogSumExp : composedLogSumExp;
  return {
    run: () => {
      const value = ({ queries, vectors }: Record<'queries' | 'vectors', Tensor>) =>
        mean(denominator(queries, vectors, competition));
      differentiate(
        parameters,
        (tensors) => ({ value: value(tensors) }),
        () => undefined,
      );
    },
  };
}

/** As `sampledLogSumExp`, of several operations. */
function composedLogSumExp(queries: Tensor, vectors: Tensor, competition: SampledCompetition): Tensor {
  const { ids, targets, shifts } = competition;
  const matrix = new Float32Array(targets.length * ids.length);
  targets.forEach((target, row) => {
    const start = row * ids.length;
    for (let i = 0; i < ids.length; i++) matrix[start + i] = ids[i] === target ? -1e9 : shifts[i]!;
  });
  const corrections = tensor(matrix, [targets.length, ids.length]);
  return logSumExp(add(matMul(queries, vectors, false, true), corrections));
}
