import { add, mul, type ParameterArray, sparseMatMul, tensor, valueAndGradients } from '@isthmus/kernels';
import {
  applyGradients,
  clipGradients,
  createRandom,
  type Gradient,
  type OptimiserSettings,
  type Random,
  type TrainingState,
} from '@isthmus/learning';
import { interestItems } from '../../model/interest-tower.js';
import { parameterShapes } from '../../model/parameter-shapes.js';
import type { RetrievalShape } from '../../model/retrieval-shape.js';
import type { Dropout } from '../../model/user-encoder.js';
import { copyRows } from './copy-rows.js';
import { contentWeight, stepContent } from './item-content.js';
import type { Negatives } from './negatives.js';
import type { DesignStep } from './retrieval-design.js';
import type { TrainingBatch } from './training-batch.js';

/** Prefix of the parameters in the state. */
export const parameterPrefix = 'model/';

/** What a gradient step is about. */
export interface StepParts {
  readonly batch: TrainingBatch;
  readonly negatives: Negatives;
  readonly step: DesignStep;
}

/** Numbers of a gradient step. */
export interface StepSettings {
  readonly optimiser: OptimiserSettings;
  readonly dropout: number;
}

/** Largest joint norm of the gradients of a step. */
const gradientLimit = 5;

/**
 * One gradient step on the state's parameters, in place. Only the items that occur in the step, and their features, are looked up
 * and moved.
 * @returns parts of the loss by name, one value each
 */
export function trainingStep(
  state: TrainingState,
  seed: Uint8Array,
  shape: RetrievalShape,
  parts: StepParts,
  settings: StepSettings,
): Record<string, Float32Array> {
  const items = state.tensors.get(`${parameterPrefix}items`)!;
  const { rows, position } = occurring(parts, items.shape[0]!);
  const parameters: Record<string, ParameterArray> = {};
  const names = parameterShapes(shape, items.shape[0]!).map(({ name }) => name);
  for (const name of [...names, ...(parts.step.parameters ?? [])]) {
    const whole = state.tensors.get(parameterPrefix + name) as ParameterArray;
    parameters[name] = hasRowPerItem(name)
      ? { shape: [rows.length, shape.dim], data: copyRows(whole.data, rows, shape.dim) }
      : whole;
  }
  const content = stepContent(state, parameterPrefix, rows);
  if (content !== undefined) {
    const whole = state.tensors.get(parameterPrefix + contentWeight)!.data as Float32Array;
    const data = copyRows(whole, content.used, shape.dim);
    parameters[contentWeight] = { shape: [content.used.length, shape.dim], data };
  }
  const at = (catalogueRows: Int32Array): Int32Array => catalogueRows.map((row) => position[row]!);
  const drop = dropoutOf(createRandom(seed, 'dropout', state.step), settings.dropout);
  const { gradients, outputs } = valueAndGradients(parameters, (model) => {
    const free = model.items!;
    const table =
      content === undefined ? free : add(free, sparseMatMul(content.means, model[contentWeight]!));
    return parts.step.loss({ model, table, rows, at, drop });
  });
  const all = new Map<string, Gradient>();
  for (const [name, gradient] of Object.entries(gradients)) {
    const seen = name === contentWeight ? content?.used : hasRowPerItem(name) ? rows : undefined;
    all.set(
      parameterPrefix + name,
      seen === undefined ? gradient : { rows: seen, values: gradient, width: shape.dim },
    );
  }
  clipGradients(all, gradientLimit);
  applyGradients(state, all, settings.optimiser);
  return outputs;
}

/** Whether a parameter has a row for each item, of which a step sees those that occur in it. */
function hasRowPerItem(name: string): boolean {
  return name === 'items' || name === interestItems;
}

/** Catalogue rows that occur in a step, ascending, and the position of each. */
function occurring(
  { batch, negatives, step }: StepParts,
  items: number,
): { rows: Uint32Array; position: Int32Array } {
  const position = new Int32Array(items).fill(-1);
  let count = 0;
  for (const list of [batch.histories, batch.targets, negatives.shared.ids, ...(step.rows ?? [])]) {
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

/** Drops values with a probability of `share`, rounded to a multiple of 1/256: one byte of the stream decides about a value. */
function dropoutOf(random: Random, share: number): Dropout | undefined {
  const dropped = Math.round(share * 256);
  if (dropped === 0) return undefined;
  const kept = 256 / (256 - dropped);
  return (x) => {
    const mask = new Float32Array(x.size);
    for (let i = 0; i < mask.length; i += 4) {
      const word = random.uint32();
      mask[i] = (word & 255) < dropped ? 0 : kept;
      if (i + 1 < mask.length) mask[i + 1] = ((word >>> 8) & 255) < dropped ? 0 : kept;
      if (i + 2 < mask.length) mask[i + 2] = ((word >>> 16) & 255) < dropped ? 0 : kept;
      if (i + 3 < mask.length) mask[i + 3] = word >>> 24 < dropped ? 0 : kept;
    }
    return mul(x, tensor(mask, x.shape));
  };
}
