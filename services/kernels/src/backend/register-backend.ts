import { registerBackend } from '../tensors.js';
import { IsthmusBackend } from './isthmus-backend.js';
import { KernelMemory } from './kernel-memory.js';
import { backendName, registerAll } from './kernel-registration.js';
import { KernelRunner } from './kernel-runner.js';
import { activationKernels } from './kernels/activations.js';
import { attentionKernels } from './kernels/attention.js';
import { binaryKernels } from './kernels/binary.js';
import { normalisationKernels } from './kernels/normalisation.js';
import { optimiserKernels } from './kernels/optimisers.js';
import { productKernels } from './kernels/products.js';
import { reductionKernels } from './kernels/reductions.js';
import { shapeKernels } from './kernels/shapes.js';
import { tableKernels } from './kernels/tables.js';
import { transcendentalKernels } from './kernels/transcendental.js';
import { unaryKernels } from './kernels/unary.js';

/** Default limit of the memory that tensors have. */
const defaultLimitBytes = 3 * 1024 ** 3;

let registered: IsthmusBackend | undefined;

/**
 * Makes our backend known to tfjs, once a process, and returns it.
 * @param binary the WebAssembly module of the kernels
 * @param limitBytes most memory for tensors, at most 4 GiB
 */
export function registerIsthmusBackend(binary: Uint8Array, limitBytes = defaultLimitBytes): IsthmusBackend {
  if (registered !== undefined) return registered;
  const module = new WebAssembly.Module(binary);
  const backend = new IsthmusBackend(new KernelRunner(module, new KernelMemory(limitBytes)));
  registerBackend(backendName, () => backend, 3);
  for (const kernels of [
    activationKernels,
    attentionKernels,
    binaryKernels,
    normalisationKernels,
    optimiserKernels,
    productKernels,
    reductionKernels,
    shapeKernels,
    tableKernels,
    transcendentalKernels,
    unaryKernels,
  ]) {
    registerAll(kernels);
  }
  registered = backend;
  return backend;
}
