import { createHash } from 'node:crypto';
import { wasmBinary } from '#wasm-binary';
import type { IsthmusBackend } from './backend/isthmus-backend.js';
import { backendName } from './backend/kernel-registration.js';
import type { SpawnThread } from './backend/kernel-threads.js';
import { registerIsthmusBackend } from './backend/register-backend.js';
import { canaryDigest, runCanary } from './canary.js';
import { ready, setBackend } from './tensors.js';

/** Version of the arithmetic: raised by every change of a kernel's bits. */
const kernelVersion = '2.1.0';

/** Identity of the arithmetic: two runs give the same bits only under equal profiles. */
export interface KernelProfile {
  /** `isthmus-wasm-simd`, or `tfjs-` and the name of another backend. */
  readonly name: string;
  /** Version of the arithmetic. */
  readonly version: string;
  /** SHA-256 of the WebAssembly module, or of another backend's binary, hexadecimal. */
  readonly wasmSha256: string;
  /** SHA-256 of a fixed small forward and backward pass, hexadecimal. */
  readonly canarySha256: string;
}

/** On how many threads kernels compute. */
export interface KernelOptions {
  /** Threads, the caller's included, 1 to 16. The bits of a result do not depend on it. */
  readonly threads: number;
  /** Starts a thread. */
  readonly spawn: SpawnThread;
  /** Another tensor backend that is registered with tfjs. Threads are its own business then. */
  readonly backend?: { readonly name: string; readonly version: string; readonly binarySha256: string };
  /** Divides even the smallest kernels, which costs time: shows that the bits do not depend on threads. */
  readonly divideAll?: boolean;
}

let prepared: Promise<{ profile: KernelProfile; backend: IsthmusBackend }> | undefined;

/**
 * Readies the tensor backend of this process and says which arithmetic it is. Later calls give the same answer; one with
 * options changes the number of threads. Without options kernels compute on one thread.
 *
 * Throws where the engine has no WebAssembly SIMD or computes other bits than defined, and what `spawn` throws; kernels compute on one thread then.
 */
export async function prepareKernels(options?: KernelOptions): Promise<KernelProfile> {
  if (options?.backend !== undefined) return profileOf(options.backend);
  prepared ??= prepare();
  const { profile, backend } = await prepared;
  if (options) {
    if (!(options.threads >= 1 && options.threads <= 16)) {
      throw new RangeError(`Kernels compute on 1 to 16 threads, not on ${options.threads}`);
    }
    backend.runner.useThreads(options.threads, options.spawn, options.divideAll ? 0 : undefined);
  }
  return profile;
}

/** Makes another backend the one in use and runs the canary on it. */
async function profileOf({
  name,
  version,
  binarySha256,
}: NonNullable<KernelOptions['backend']>): Promise<KernelProfile> {
  await setBackend(name);
  await ready();
  return { name: `tfjs-${name}`, version, wasmSha256: binarySha256, canarySha256: runCanary() };
}

async function prepare(): Promise<{ profile: KernelProfile; backend: IsthmusBackend }> {
  const binary = wasmBinary();
  let backend: IsthmusBackend;
  try {
    backend = registerIsthmusBackend(binary);
  } catch (cause) {
    throw new Error('The kernels do not start here; they need Node 20.19 or newer with WebAssembly SIMD', {
      cause,
    });
  }
  await setBackend(backendName);
  await ready();
  const canarySha256 = runCanary();
  if (canarySha256 !== canaryDigest) {
    throw new Error(
      `The kernels compute other bits here than they are defined to (canary ${canarySha256}, not ${canaryDigest}): ` +
        'nobody could replay what they train. Build anew, or take another version of Node',
    );
  }
  const wasmSha256 = createHash('sha256').update(binary).digest('hex');
  const profile = { name: 'isthmus-wasm-simd', version: kernelVersion, wasmSha256, canarySha256 };
  return { profile, backend };
}
