import { type ParameterArray, tensor, valueAndGradients } from '@isthmus/kernels';
import {
  applyGradients,
  clipGradients,
  createRandom,
  type Gradient,
  type OptimiserSettings,
  type TrainingState,
} from '@isthmus/learning';
import type { DropoutMasks } from '../../model/history-encoder.js';
import { parameterShapes, type RetrievalShape } from '../../model/retrieval-shape.js';
import { copyRows } from './copy-rows.js';
import { ownShifts, placesOf, spaceWeight } from './item-vectors.js';
import { retrievalLoss, type StepData } from './retrieval-loss.js';
import type { TrainingBatch } from './training-batch.js';

/** Prefix of the parameters in the state. */
export const parameterPrefix = 'model/';

/** Numbers of a gradient step. */
export interface StepSettings {
  readonly optimiser: OptimiserSettings;
  readonly dropout: number;
  readonly posteriorLoss: number;
}

/** Losses of a step, in nats. */
export interface StepLosses {
  readonly retrieval: number;
  readonly posterior: number;
}

/** Largest joint norm of the gradients of a step. */
const gradientLimit = 5;

/** One gradient step on the state's parameters, in place. Only the items that occur in the step are looked up and moved. */
export function trainingStep(
  state: TrainingState,
  seed: Uint8Array,
  shape: RetrievalShape,
  parts: Omit<StepData, 'position' | 'placement'>,
  settings: StepSettings,
): StepLosses {
  const items = state.tensors.get(`${parameterPrefix}items`)!;
  const { rows, position } = occurring(parts, items.shape[0]!);
  const parameters: Record<string, ParameterArray> = {
    table: { shape: [rows.length, shape.dim], data: copyRows(items.data as Float32Array, rows, shape.dim) },
  };
  for (const { name } of parameterShapes(shape, items.shape[0]!)) {
    if (name !== 'items') parameters[name] = state.tensors.get(parameterPrefix + name) as ParameterArray;
  }
  const places = placesOf(state, rows, shape.crossDim);
  if (places !== undefined)
    parameters[spaceWeight] = state.tensors.get(parameterPrefix + spaceWeight) as ParameterArray;
  const placement =
    places === undefined
      ? undefined
      : { places, shifts: ownShifts(state, parts.batch.targets, parts.batch.ownPlaces, shape.crossDim) };
  const step: StepData = { ...parts, position, placement };
  const { gradients, outputs } = valueAndGradients(parameters, (model) =>
    retrievalLoss(
      model,
      shape,
      step,
      settings.posteriorLoss,
      masksOf(state, seed, shape, parts.batch, settings.dropout),
    ),
  );
  const all = new Map<string, Gradient>();
  for (const [name, gradient] of Object.entries(gradients)) {
    if (name === 'table') all.set(`${parameterPrefix}items`, { rows, values: gradient, width: shape.dim });
    else all.set(parameterPrefix + name, gradient);
  }
  clipGradients(all, gradientLimit);
  applyGradients(state, all, settings.optimiser);
  return { retrieval: outputs.retrieval[0]!, posterior: outputs.posterior[0]! };
}

/** Catalogue rows that occur in a step, ascending, and the position of each. */
function occurring(
  { batch, negatives, interests }: Omit<StepData, 'position' | 'placement'>,
  items: number,
): { rows: Uint32Array; position: Int32Array } {
  const position = new Int32Array(items).fill(-1);
  let count = 0;
  for (const list of [batch.histories, batch.targets, negatives.shared, interests?.negatives.hard ?? []]) {
    for (const row of list) {
      if (position[row] === -1) count++;
      position[row] = 0;
    }
  }
  const rows = new Uint32Array(count);
  let next = 0;
  for (let row = 0; row < items; row++) {
    if (position[row] === -1) continue;
    rows[next] = row;
    position[row] = next++;
  }
  return { rows, position };
}

function masksOf(
  state: TrainingState,
  seed: Uint8Array,
  shape: RetrievalShape,
  batch: TrainingBatch,
  dropout: number,
): DropoutMasks | undefined {
  if (dropout === 0) return undefined;
  const size = [batch.users, batch.length + 1, shape.dim];
  const random = createRandom(seed, 'dropout', state.step);
  const draw = () => {
    const mask = random.fillUniform(new Float32Array(size.reduce((a, b) => a * b, 1)), 0, 1);
    return tensor(
      mask.map((value) => (value < dropout ? 0 : 1 / (1 - dropout))),
      size,
    );
  };
  return { tokens: draw(), forward: draw() };
}
