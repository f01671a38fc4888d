import type { TrainingState } from '@isthmus/proof';

import { addAdagradSlots, stepAdagrad, stepAdagradRows } from './adagrad.js';
import { addAdamSlots, stepAdam, stepAdamRows } from './adam.js';
import type { OptimiserSettings } from './optimiser-settings.js';
import type { RowGradient } from './row-gradient.js';

/** A gradient: of the whole tensor, row-major, or of a few rows of a matrix. */
export type Gradient = Float32Array | RowGradient;

/**
 * Adds the slots of parameters to the state, so that an optimiser's memory is part of what the chain commits to.
 * The slots of `w` are `w/adam/m` and `w/adam/v`, or `w/adagrad/sum`; its steps are counted in `w/adam/steps`.
 */
export function addOptimiserSlots(
  state: TrainingState,
  names: readonly string[],
  settings: OptimiserSettings,
): void {
  for (const name of names) {
    if (settings.kind === 'adam') addAdamSlots(state, name);
    else addAdagradSlots(state, name, settings.initialAccumulator);
  }
}

/**
 * One step on the parameters named in `gradients`, in ascending order of their names. Element by element: everything is
 * computed in float64 from the float32 values stored, in the order written in the source, and rounded to float32 where
 * it is stored. Row gradients touch only their rows (slots included), and bias is corrected by the number of steps of
 * the whole tensor ("lazy" Adam).
 */
export function applyGradients(
  state: TrainingState,
  gradients: ReadonlyMap<string, Gradient>,
  settings: OptimiserSettings,
): void {
  for (const name of [...gradients.keys()].sort()) {
    const gradient = gradients.get(name)!;
    if (settings.kind === 'adam') {
      if ('rows' in gradient) stepAdamRows(state, name, gradient, settings);
      else stepAdam(state, name, gradient, settings);
    } else if ('rows' in gradient) stepAdagradRows(state, name, gradient, settings);
    else stepAdagrad(state, name, gradient, settings);
  }
}

/**
 * Scales all gradients in place so that their joint Euclidean norm is at most `limit`, and returns the norm before.
 * Squares are added in float64, tensors in ascending order of their names and values in the order in which they stand.
 */
export function clipGradients(gradients: ReadonlyMap<string, Gradient>, limit: number): number {
  const arrays = [...gradients.keys()].sort().map((name) => valuesOf(gradients.get(name)!));
  let squares = 0;
  for (const values of arrays) {
    for (let index = 0; index < values.length; index++) squares += values[index]! * values[index]!;
  }
  const norm = Math.sqrt(squares);
  if (norm > limit) {
    const scale = limit / norm;
    for (const values of arrays) {
      for (let index = 0; index < values.length; index++) values[index] = values[index]! * scale;
    }
  }
  return norm;
}

function valuesOf(gradient: Gradient): Float32Array {
  return 'rows' in gradient ? gradient.values : gradient;
}
