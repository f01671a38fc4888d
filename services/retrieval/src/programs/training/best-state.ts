import type { TrainingState } from '@isthmus/learning';
import { averagePrefix } from './averaged-parameters.js';
import { isServedOfDictionary } from './dictionary-state.js';
import { parameterPrefix } from './training-step.js';

const best = 'best/';
const copied = (name: string): boolean => name.startsWith(averagePrefix) || isServedOfDictionary(name);

/** Remembers the averaged model as it is now as the best one so far. */
export function keepBest(state: TrainingState): void {
  for (const [name, tensor] of [...state.tensors]) {
    if (copied(name)) state.tensors.set(best + name, { ...tensor, data: tensor.data.slice() });
  }
}

/**
 * Makes the best averaged model the model, and forgets the copy, the averages and the optimiser's memory, which nothing
 * reads any more.
 */
export function restoreBest(state: TrainingState): void {
  for (const [name, tensor] of [...state.tensors]) {
    if (name.includes('/adam/') || name.startsWith(averagePrefix)) state.tensors.delete(name);
    if (!name.startsWith(best)) continue;
    const kept = name.slice(best.length);
    const restored = kept.startsWith(averagePrefix)
      ? parameterPrefix + kept.slice(averagePrefix.length)
      : kept;
    state.tensors.set(restored, tensor);
    state.tensors.delete(name);
  }
}
