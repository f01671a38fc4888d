import type { TrainingState } from '@isthmus/proof';

import { integerPower } from '../arithmetic/exp.js';
import type { OptimiserSettings } from './optimiser-settings.js';
import type { RowGradient } from './row-gradient.js';
import { addTensor, addToCounter, float32Tensor } from './training-state.js';

type AdamSettings = OptimiserSettings & { readonly kind: 'adam' };

/** Adds the moments of a parameter. */
export function addAdamSlots(state: TrainingState, name: string): void {
  const shape = state.tensors.get(name)?.shape;
  if (shape === undefined) throw new Error(`the state has no tensor '${name}'`);
  addTensor(state, `${name}/adam/m`, 'float32', shape);
  addTensor(state, `${name}/adam/v`, 'float32', shape);
  state.counters.set(`${name}/adam/steps`, 0);
}

/** One step of Adam (Kingma and Ba 2015, algorithm 1) with decoupled weight decay on a whole tensor. */
export function stepAdam(
  state: TrainingState,
  name: string,
  gradient: Float32Array,
  settings: AdamSettings,
): void {
  const step = beginStep(state, name, settings);
  if (gradient.length !== step.parameter.length) {
    throw new Error(
      `the gradient of '${name}' has ${gradient.length} values, the tensor ${step.parameter.length}`,
    );
  }
  updateRange(step, settings, 0, gradient, 0, gradient.length);
}

/** One lazy step on the given rows of a matrix. */
export function stepAdamRows(
  state: TrainingState,
  name: string,
  gradient: RowGradient,
  settings: AdamSettings,
): void {
  const step = beginStep(state, name, settings);
  const { rows, values, width } = gradient;
  for (let index = 0; index < rows.length; index++) {
    const start = rows[index]! * width;
    if (start + width > step.parameter.length) throw new Error(`'${name}' has no row ${rows[index]}`);
    updateRange(step, settings, start, values, index * width, width);
  }
}

interface AdamStep {
  readonly parameter: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
  readonly firstCorrection: number;
  readonly secondCorrection: number;
}

function beginStep(state: TrainingState, name: string, settings: AdamSettings): AdamStep {
  const steps = addToCounter(state, `${name}/adam/steps`);
  return {
    parameter: float32Tensor(state, name),
    first: float32Tensor(state, `${name}/adam/m`),
    second: float32Tensor(state, `${name}/adam/v`),
    firstCorrection: 1 - integerPower(settings.beta1, steps),
    secondCorrection: 1 - integerPower(settings.beta2, steps),
  };
}

function updateRange(
  step: AdamStep,
  settings: AdamSettings,
  start: number,
  gradient: Float32Array,
  gradientStart: number,
  count: number,
): void {
  const { parameter, first, second } = step;
  const { beta1, beta2, epsilon } = settings;
  const rate = settings.learningRate / step.firstCorrection;
  const rootCorrection = 1 / step.secondCorrection;
  const kept = 1 - settings.learningRate * settings.weightDecay;
  for (let offset = 0; offset < count; offset++) {
    const index = start + offset;
    const g = gradient[gradientStart + offset]!;
    const m = beta1 * first[index]! + (1 - beta1) * g;
    const v = beta2 * second[index]! + (1 - beta2) * (g * g);
    first[index] = m;
    second[index] = v;
    parameter[index] = kept * parameter[index]! - (rate * m) / (Math.sqrt(v * rootCorrection) + epsilon);
  }
}
