import { createHash } from 'node:crypto';
import { wasmBinary } from '#wasm-binary';
import { backendName } from './backend/kernel-registration.js';
import { registerIsthmusBackend } from './backend/register-backend.js';
import { runCanary } from './canary.js';
import { ready, setBackend } from './tensors.js';

/** Version of the arithmetic: raised by every change of a kernel's bits. */
const kernelVersion = '2.0.0';

/** Identity of the arithmetic: two runs give the same bits only under equal profiles. */
export interface KernelProfile {
  /** `isthmus-wasm-simd`. */
  readonly name: string;
  /** Version of the arithmetic. */
  readonly version: string;
  /** SHA-256 of the WebAssembly module, hexadecimal. */
  readonly wasmSha256: string;
  /** SHA-256 of a fixed small forward and backward pass, hexadecimal. */
  readonly canarySha256: string;
}

let prepared: Promise<KernelProfile> | undefined;

/**
 * Readies the tensor backend of this process and says which arithmetic it is. Later calls give the same answer. Throws
 * where the engine has no WebAssembly SIMD.
 */
export function prepareKernels(): Promise<KernelProfile> {
  prepared ??= prepare();
  return prepared;
}

async function prepare(): Promise<KernelProfile> {
  const binary = wasmBinary();
  try {
    registerIsthmusBackend(binary);
  } catch (cause) {
    throw new Error('The kernels do not start here; they need Node 20.19 or newer with WebAssembly SIMD', {
      cause,
    });
  }
  await setBackend(backendName);
  await ready();
  return {
    name: 'isthmus-wasm-simd',
    version: kernelVersion,
    wasmSha256: createHash('sha256').update(binary).digest('hex'),
    canarySha256: runCanary(),
  };
}
