import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { prepareKernels } from '../prepare-kernels.js';
import { engine, ready, setBackend } from '../tensors.js';

/** Where `.ci/tensorflow` installs tfjs-node. */
const tensorflowFolder = fileURLToPath(new URL('../../../../.isthmus/tensorflow/', import.meta.url));

/** Backends of tfjs that the models run on; TensorFlow's where it is installed. */
export const backends = ['isthmus', 'cpu', 'wasm', 'tensorflow'] as const;

/** Why a backend cannot be tried here; undefined where it can. */
export function missing(backend: string): string | undefined {
  if (backend !== 'tensorflow' || existsSync(`${tensorflowFolder}node_modules/@tensorflow/tfjs-node`))
    return undefined;
  return 'tfjs-node is not installed: run .ci/tensorflow';
}

/** Makes a backend the one in use. */
export async function use(backend: string): Promise<void> {
  await prepareKernels();
  if (backend === 'tensorflow') {
    // tfjs-node calls what Node 23 took out of `util`.
    const old = createRequire(import.meta.url)('node:util') as Record<string, unknown>;
    old.isNullOrUndefined ??= (x: unknown) => x === null || x === undefined;
    old.isArray ??= Array.isArray;
    // It registers the kernels of tfjs-cpu once more; tfjs warns of each unless it is tested.
    engine().ENV.set('IS_TEST', true);
    createRequire(`${tensorflowFolder}package.json`)(`${tensorflowFolder}node_modules/@tensorflow/tfjs-node`);
    // Tested, it takes what a gradient keeps for a leak.
    engine().ENV.set('IS_TEST', false);
  }
  await setBackend(backend);
  await ready();
}
