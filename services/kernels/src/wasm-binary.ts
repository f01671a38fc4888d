import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * The WebAssembly module of the tensor backend, from the installed package.
 *
 * A package import (`#wasm-binary`) chooses between this file and `wasm-binary.bundled.ts`: a bundler announces itself
 * by the condition `module`, which Node does not know, so a bundle carries the bytes inside and reads no file.
 */
export function wasmBinary(): Uint8Array {
  const path = createRequire(import.meta.url).resolve(
    '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
  );
  return new Uint8Array(readFileSync(path));
}
