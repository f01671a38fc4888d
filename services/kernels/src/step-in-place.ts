import type { IsthmusBackend } from './backend/isthmus-backend.js';
import { scoped } from './scoped.js';
import { backend, type Tensor, tensor } from './tensors.js';

/** Lets a kernel of our backend change arrays: resident ones where they lie, others by a copy there and back. */
export function stepInPlace<Name extends string>(
  arrays: Readonly<Record<Name, Float32Array>>,
  step: (tensors: Record<Name, Tensor>) => void,
): void {
  scoped(() => {
    const entries = Object.entries(arrays) as [Name, Float32Array][];
    const tensors = {} as Record<Name, Tensor>;
    for (const [name, array] of entries) tensors[name] = tensor(array, [array.length]);
    step(tensors);
    const own = backend() as IsthmusBackend;
    for (const [name, array] of entries) {
      if (!own.isResident(array)) array.set(tensors[name].dataSync<'float32'>());
    }
  });
}
