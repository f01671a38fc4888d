import { type Kernel, maxParameters, parametersAddress, scratchBytes } from './kernel-call.js';
import type { KernelMemory } from './kernel-memory.js';
import { KernelThreadPool, type SpawnThread } from './kernel-threads.js';

/** Work, in elementary operations of four lanes, below which waking another thread costs more than it saves. */
const workOfThread = 60_000;

/** A call that was recorded: a kernel with its parameters, or work of this thread. */
export type RecordedCall =
  | {
      readonly kernel: Kernel;
      readonly name: string;
      readonly parameters: Int32Array;
      readonly units: number;
      readonly grain: number;
      readonly isLarge: boolean;
    }
  | { readonly host: () => void };

/** Calls kernels: lays out their parameters and divides their units among the threads. */
export class KernelRunner {
  readonly memory: KernelMemory;
  readonly #module: WebAssembly.Module;
  readonly #kernels: Readonly<Record<string, Kernel>>;
  readonly #scratches: number[] = [];
  #threads: KernelThreadPool | undefined;
  #leastWork = workOfThread;
  #record: RecordedCall[] | undefined;

  constructor(module: WebAssembly.Module, memory: KernelMemory) {
    this.memory = memory;
    this.#module = module;
    const instance = new WebAssembly.Instance(module, { env: { memory: memory.memory } });
    this.#kernels = instance.exports as unknown as Record<string, Kernel>;
    (instance.exports.useScratch as (at: number) => void)(
      memory.allocate(scratchBytes, 'scratch of a thread'),
    );
  }

  /**
   * Computes on so many threads from now on. Throws what `spawn` throws, and goes on with one thread then.
   * @param leastWork work of a kernel from which it is divided; for tests that divide all of them
   */
  useThreads(count: number, spawn: SpawnThread, leastWork = workOfThread): void {
    this.#leastWork = leastWork;
    this.#threads?.close();
    this.#threads = undefined;
    if (count === 1) return;
    while (this.#scratches.length < count - 1) {
      this.#scratches.push(this.memory.allocate(scratchBytes, 'scratch of a thread'));
    }
    const scratches = this.#scratches.slice(0, count - 1);
    this.#threads = new KernelThreadPool(this.#module, this.#kernels, this.memory, scratches, spawn);
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
    const kernel = this.#kernels[name] as Kernel;
    const isLarge = units > grain && units * work >= this.#leastWork;
    this.#record?.push({ kernel, name, parameters: Int32Array.from(parameters), units, grain, isLarge });
    this.memory.integers.set(parameters, parametersAddress >> 2);
    if (this.#threads !== undefined && isLarge) this.#threads.run(name, units, grain);
    else kernel(parametersAddress, 0, units);
  }

  /** Does work of this thread on the memory that a plan has to repeat between its kernels. */
  runHere(work: () => void): void {
    this.#record?.push({ host: work });
    work();
  }

  /** Whether calls are recorded. */
  get isRecording(): boolean {
    return this.#record !== undefined;
  }

  /** Records the calls that `work` makes. Throws what it throws. */
  record(work: () => void): RecordedCall[] {
    const calls: RecordedCall[] = [];
    this.#record = calls;
    try {
      work();
    } finally {
      this.#record = undefined;
    }
    return calls;
  }

  /** Makes recorded calls again. */
  replay(calls: readonly RecordedCall[]): void {
    const { integers } = this.memory;
    for (const call of calls) {
      if ('host' in call) {
        call.host();
        continue;
      }
      integers.set(call.parameters, parametersAddress >> 2);
      if (this.#threads !== undefined && call.isLarge) this.#threads.run(call.name, call.units, call.grain);
      else call.kernel(parametersAddress, 0, call.units);
    }
  }
}

const one = new Float32Array(1);
const bits = new Int32Array(one.buffer);

/** The bits of a number, rounded to float32. */
export function floatBits(value: number): number {
  one[0] = value;
  return bits[0] as number;
}
