import type { KernelMemory } from './kernel-memory.js';

/** Address of the parameters of the kernel that runs. */
export const parametersAddress = 1024;
/** Most parameters of a kernel. */
export const maxParameters = 64;

/** Scratch memory of a thread, as the kernels lay it out. */
export const scratchBytes = 704 * 1024;

/** A kernel: computes units `begin` to `end` - 1 of what the parameters at `p` describe. */
export type Kernel = (p: number, begin: number, end: number) => void;

/** Runs parts of a kernel beside this thread. */
export interface KernelThreads {
  /** Threads, this one included. */
  readonly count: number;
  /** Runs units 0 to `units` - 1, divided at multiples of `grain`. Returns when all are done. */
  run(kernel: string, units: number, grain: number): void;
}

/** Work, in elementary operations of four lanes, below which waking another thread costs more than it saves. */
const workOfThread = 16_384;

/** Calls kernels: lays out their parameters and divides their units among the threads. */
export class KernelRunner {
  readonly memory: KernelMemory;
  readonly #kernels: Readonly<Record<string, Kernel>>;
  #threads: KernelThreads | undefined;

  constructor(module: WebAssembly.Module, memory: KernelMemory) {
    this.memory = memory;
    const instance = new WebAssembly.Instance(module, { env: { memory: memory.memory } });
    this.#kernels = instance.exports as unknown as Record<string, Kernel>;
    (instance.exports.useScratch as (at: number) => void)(
      memory.allocate(scratchBytes, 'scratch of a thread'),
    );
  }

  /** Lets threads take parts of large kernels from now on. */
  useThreads(threads: KernelThreads | undefined): void {
    this.#threads = threads;
  }

  /**
   * Runs all units of a kernel.
   * @param parameters 32-bit words; a float32 is given by {@link floatBits}
   * @param work elementary operations of four lanes in a unit, about
   * @param grain units that stay together
   */
  run(name: string, parameters: readonly number[], units: number, work: number, grain = 1): void {
    if (units === 0) return;
    if (parameters.length > maxParameters) throw new RangeError(`${name} has too many axes`);
    this.memory.integers.set(parameters, parametersAddress >> 2);
    if (this.#threads !== undefined && units > grain && units * work >= workOfThread) {
      this.#threads.run(name, units, grain);
      return;
    }
    (this.#kernels[name] as Kernel)(parametersAddress, 0, units);
  }
}

const one = new Float32Array(1);
const bits = new Int32Array(one.buffer);

/** The bits of a number, rounded to float32. */
export function floatBits(value: number): number {
  one[0] = value;
  return bits[0] as number;
}
