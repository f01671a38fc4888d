import { IsthmusBackend } from './backend/isthmus-backend.js';
import { backend } from './tensors.js';

/**
 * An array of zeros in the memory of the kernels, of which `tensor` makes no copy: what is written to the array, its tensors
 * show. Give it back with {@link releaseFloats}; on a backend that is not ours it is an array like any other.
 */
export function residentFloats(count: number): Float32Array {
  const current = backend();
  return current instanceof IsthmusBackend ? current.residentFloats(count) : new Float32Array(count);
}

/** Gives the memory of a resident array back, of which no tensor may be left. */
export function releaseFloats(array: Float32Array): void {
  const current = backend();
  if (current instanceof IsthmusBackend) current.releaseResident(array);
}
