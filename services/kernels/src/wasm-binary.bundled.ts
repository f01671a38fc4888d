import * as nodePath from 'node:path';
import * as nodeUtil from 'node:util';
import bytes from './kernels.wasm';

/** The WebAssembly module of the kernels, embedded by the bundler (esbuild's loader `binary` for `.wasm`). */
export function wasmBinary(): Uint8Array {
  return bytes;
}

/**
 * tfjs is CommonJS: inside an ECMAScript bundle it finds neither `require` nor `__dirname`. It gets the two modules that
 * it needs, and empty ones for the rest of what it names, so that nothing in a bundled program reaches a file this way.
 */
const modules: Readonly<Record<string, unknown>> = {
  util: nodeUtil,
  path: nodePath,
  fs: {},
  os: {},
  perf_hooks: {},
  worker_threads: {},
};

function requireForTensors(name: string): unknown {
  const found = modules[name];
  if (found === undefined) throw new Error(`A bundled program cannot load the module ${name}`);
  return found;
}

const host = globalThis as { require?: unknown; __dirname?: unknown };
host.require ??= requireForTensors;
host.__dirname ??= '/';
