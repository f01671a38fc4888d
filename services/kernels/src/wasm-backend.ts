// In a bundle this prepares what tfjs looks for while it loads, so it stands before every import of tfjs.
import '#wasm-binary';

import { setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm';
import { env } from './tensors.js';

/** Version of the tensor library and of its backend, which are released together. */
export const tensorLibraryVersion = version_wasm;

const prefix = 'isthmus:';
const address = `${prefix}tfjs-backend-wasm-simd.wasm`;

/**
 * Lets the WebAssembly backend start from bytes at hand: tfjs asks its platform to fetch an address, and the platform
 * answers this one address from memory. Returns a function that takes the answer away again.
 */
export function serveWasmBinary(binary: Uint8Array): () => void {
  setWasmPaths(prefix, true);
  const platform = env().platform;
  const original = platform.fetch;
  platform.fetch = async (path: string) => {
    if (path !== address) throw new Error(`The tensor backend asked for ${path}; nothing is fetched here`);
    const body = binary.buffer.slice(binary.byteOffset, binary.byteOffset + binary.byteLength);
    return { ok: true, arrayBuffer: async () => body } as unknown as Response;
  };
  return () => {
    platform.fetch = original;
  };
}
