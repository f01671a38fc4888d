import type { TrainingState } from '@isthmus/proof';

import type { OptimiserSettings } from './optimiser-settings.js';
import type { RowGradient } from './row-gradient.js';
import { addTensor, float32Tensor } from './training-state.js';

type AdagradSettings = OptimiserSettings & { readonly kind: 'adagrad' };

/** Adds the accumulator of a parameter. */
export function addAdagradSlots(state: TrainingState, name: string, initialAccumulator: number): void {
  const shape = state.tensors.get(name)?.shape;
  if (shape === undefined) throw new Error(`the state has no tensor '${name}'`);
  addTensor(state, `${name}/adagrad/sum`, 'float32', shape).fill(initialAccumulator);
}

/** One step of Adagrad (Duchi, Hazan and Singer 2011, diagonal form) on a whole tensor. */
export function stepAdagrad(
  state: TrainingState,
  name: string,
  gradient: Float32Array,
  settings: AdagradSettings,
): void {
  const parameter = float32Tensor(state, name);
  if (gradient.length !== parameter.length) {
    throw new Error(
      `the gradient of '${name}' has ${gradient.length} values, the tensor ${parameter.length}`,
    );
  }
  const sums = float32Tensor(state, `${name}/adagrad/sum`);
  updateRange(parameter, sums, settings, 0, gradient, 0, gradient.length);
}

/** One step on the given rows of a matrix. */
export function stepAdagradRows(
  state: TrainingState,
  name: string,
  gradient: RowGradient,
  settings: AdagradSettings,
): void {
  const parameter = float32Tensor(state, name);
  const sums = float32Tensor(state, `${name}/adagrad/sum`);
  const { rows, values, width } = gradient;
  for (let index = 0; index < rows.length; index++) {
    const start = rows[index]! * width;
    if (start + width > parameter.length) throw new Error(`'${name}' has no row ${rows[index]}`);
    updateRange(parameter, sums, settings, start, values, index * width, width);
  }
}

function updateRange(
  parameter: Float32Array,
  sums: Float32Array,
  settings: AdagradSettings,
  start: number,
  gradient: Float32Array,
  gradientStart: number,
  count: number,
): void {
  for (let offset = 0; offset < count; offset++) {
    const index = start + offset;
    const g = gradient[gradientStart + offset]!;
    const sum = sums[index]! + g * g;
    sums[index] = sum;
    parameter[index] = parameter[index]! - (settings.learningRate * g) / (Math.sqrt(sum) + settings.epsilon);
  }
}
