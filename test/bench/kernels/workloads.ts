import {
  adamStep,
  capturePlan,
  differentiate,
  keep,
  matMul,
  type ParameterArray,
  residentFloats,
  scoped,
  type Tensor,
  tensor,
} from '@isthmus/kernels';
import { encode, lossOf, type TransformerSize, transformerParameters, uniform } from './transformer.js';

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

/** A workload by its name: `step`, `encoder-1`, `encoder-32`, or `matmul-ROWSxDEPTHxCOLUMNS`. */
export function workload(name: string): Workload {
  if (name === 'step') return trainingStep();
  const [, batch] = /^encoder-(\d+)$/.exec(name) ?? [];
  if (batch !== undefined) return encoder(Number(batch));
  const [, ...shape] = /^matmul-(\d+)x(\d+)x(\d+)$/.exec(name) ?? [];
  if (shape.length === 3) return product(...(shape.map(Number) as [number, number, number]));
  throw new Error(`There is no workload ${name}`);
}

function trainingStep(): Workload {
  const parameters = resident(transformerParameters(trained));
  const random = uniform(2);
  const draw = (count: number) =>
    Int32Array.from({ length: count }, () => Math.floor(random() * trained.vocabulary));
  const batch = { items: draw(256 * trained.length), targets: draw(256), negatives: draw(1280) };
  const moments = new Map(
    Object.entries(parameters).map(([name, { data }]) => [
      name,
      { first: residentFloats(data.length), second: residentFloats(data.length) },
    ]),
  );
  let step = 0;
  return {
    run: () => {
      step += 1;
      const objective = (model: Record<string, Tensor>) => ({ value: lossOf(model, trained, batch) });
      differentiate(parameters, objective, (name, gradient) => {
        const { data } = parameters[name] as ParameterArray;
        const { first, second } = moments.get(name) as { first: Float32Array; second: Float32Array };
        adamStep({ parameter: data, first, second }, gradient as Tensor, step, adamSettings);
      });
    },
  };
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
    states: encode(model, served, inputs.items, sequences),
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
