import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assemble } from '../building/assemble.js';

/** Inputs that one call takes: a block of memory. */
export const blockInputs = 1 << 16;

const pageBytes = 1 << 16;
const wasmFile = join('dist', 'math-check.wasm');

/** An instance of `assembly/math-check.ts`. */
export interface MathCheck {
  /** What the next call of {@link apply} takes. */
  readonly inputs: Float32Array;
  /** What the last call of {@link apply} gave. */
  readonly outputs: Float32Array;
  /** Applies the function of this name to the first `count` inputs, a multiple of eight. */
  apply(name: string, count: number): void;
}

/** Root of the package. */
export const packageRoot = fileURLToPath(new URL('../..', import.meta.url));

/** Compiles `assembly/math-check.ts`; returns the SHA-256 of the module. */
export async function buildMathCheck(): Promise<string> {
  return (await assemble(packageRoot, 'assembly/math-check.ts', join(packageRoot, wasmFile))).sha256;
}

/** An instance of the module that {@link buildMathCheck} has compiled, with memory of its own. */
export async function loadMathCheck(): Promise<MathCheck> {
  const pages = 1 + (2 * blockInputs * Float32Array.BYTES_PER_ELEMENT) / pageBytes;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: 65536, shared: true });
  const module = new WebAssembly.Module(await readFile(join(packageRoot, wasmFile)));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const kernels = exports as Record<string, (input: number, output: number, count: number) => void>;
  const input = pageBytes;
  const output = input + blockInputs * Float32Array.BYTES_PER_ELEMENT;
  return {
    inputs: new Float32Array(memory.buffer, input, blockInputs),
    outputs: new Float32Array(memory.buffer, output, blockInputs),
    apply: (name, count) => kernels[name]!(input, output, count),
  };
}
