import { createHash } from 'node:crypto';
import { wasmBinary } from '#wasm-binary';
import { runCanary } from './canary.js';
import { env, getBackend, ready, setBackend } from './tensors.js';
import { serveWasmBinary, tensorLibraryVersion } from './wasm-backend.js';

/** Identity of the arithmetic: two runs give the same bits only under equal profiles. */
export interface KernelProfile {
  /** `tfjs-wasm-simd`. */
  readonly name: string;
  /** Version of tfjs. */
  readonly version: string;
  /** SHA-256 of the WebAssembly module, hexadecimal. */
  readonly wasmSha256: string;
  /** SHA-256 of a fixed small forward and backward pass, hexadecimal. */
  readonly canarySha256: string;
}

let prepared: Promise<KernelProfile> | undefined;

/**
 * Readies the tensor backend of this process (WebAssembly SIMD, one thread) and says which arithmetic it is. Later calls
 * give the same answer. Throws where the engine has no WebAssembly SIMD.
 */
export function prepareKernels(): Promise<KernelProfile> {
  prepared ??= prepare();
  return prepared;
}

async function prepare(): Promise<KernelProfile> {
  const binary = wasmBinary();
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (!(await env().getAsync('WASM_HAS_SIMD_SUPPORT'))) {
    throw new Error(
      'This JavaScript engine has no WebAssembly SIMD; use Node 20.19 or newer on x64 or arm64',
    );
  }
  const restore = serveWasmBinary(binary);
  try {
    await setBackend('wasm');
    await ready();
  } finally {
    restore();
  }
  if (getBackend() !== 'wasm') throw new Error(`The tensor backend is ${getBackend()}, not wasm`);
  return {
    name: 'tfjs-wasm-simd',
    version: tensorLibraryVersion,
    wasmSha256: createHash('sha256').update(binary).digest('hex'),
    canarySha256: runCanary(),
  };
}
