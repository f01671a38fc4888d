import { engine } from './tensors.js';

/**
 * Computes something that is no tensor and disposes of every tensor made on the way, also where the computation throws.
 * Tensors that were kept (`keep`) stay.
 */
export function scoped<T>(compute: () => T): T {
  const tensors = engine();
  tensors.startScope();
  try {
    return compute();
  } finally {
    tensors.endScope();
  }
}
