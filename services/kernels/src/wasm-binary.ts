import { readFileSync } from 'node:fs';

/**
 * The WebAssembly module of the kernels, as `npm run build` made it.
 *
 * A package import (`#wasm-binary`) chooses between this file and `wasm-binary.bundled.ts`: a bundler announces itself
 * by the condition `module`, which Node does not know, so a bundle carries the bytes inside and reads no file.
 */
export function wasmBinary(): Uint8Array {
  return new Uint8Array(readFileSync(new URL('../dist/kernels.wasm', import.meta.url)));
}
