import type { TrainingState } from '@isthmus/learning';

const best = 'best/';
const copied = (name: string): boolean =>
  (name.startsWith('model/') && !name.includes('/adam/')) ||
  name.startsWith('dictionary/codebook-') ||
  name === 'dictionary/codes';

/** Remembers the model as it is now as the best one so far. */
export function keepBest(state: TrainingState): void {
  for (const [name, tensor] of [...state.tensors]) {
    if (copied(name)) state.tensors.set(best + name, { ...tensor, data: tensor.data.slice() });
  }
}

/** Goes back to the best model and forgets the copy and the optimiser's memory, which nothing reads any more. */
export function restoreBest(state: TrainingState): void {
  for (const [name, tensor] of [...state.tensors]) {
    if (name.startsWith(best)) {
      state.tensors.set(name.slice(best.length), tensor);
      state.tensors.delete(name);
    } else if (name.includes('/adam/')) state.tensors.delete(name);
  }
}
