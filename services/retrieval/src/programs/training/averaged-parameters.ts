import { addTensor, type TrainingState } from '@isthmus/learning';
import { parameterPrefix } from './training-step.js';

/** Prefix of the running averages of the parameters in the state. */
export const averagePrefix = 'average/';

/** Adds the averages, which start as the parameters do. */
export function addAverages(state: TrainingState, names: readonly string[]): void {
  for (const name of names) {
    const { data, shape } = state.tensors.get(name)!;
    addTensor(state, averageOf(name), 'float32', shape).set(data as Float32Array);
  }
}

/**
 * Moves the averages towards the parameters after step t (from 0): they keep the share `min(decay, (1 + t) / (10 + t))`.
 * An average over the last steps is what is looked at and served (averaging of iterates, Polyak and Juditsky 1992): single
 * steps with few events an item are noisy.
 */
export function moveAverages(state: TrainingState, decay: number, step: number): void {
  const kept = Math.min(decay, (1 + step) / (10 + step));
  for (const [name, { data }] of state.tensors) {
    if (!name.startsWith(averagePrefix)) continue;
    const average = data as Float32Array;
    const current = state.tensors.get(parameterPrefix + name.slice(averagePrefix.length))!
      .data as Float32Array;
    for (let i = 0; i < average.length; i++) average[i] = kept * average[i]! + (1 - kept) * current[i]!;
  }
}

function averageOf(parameter: string): string {
  return averagePrefix + parameter.slice(parameterPrefix.length);
}
