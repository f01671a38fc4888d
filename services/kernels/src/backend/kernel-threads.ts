import { type Kernel, parametersAddress } from './kernel-call.js';
import type { KernelMemory } from './kernel-memory.js';
import { signal, signalWords } from './thread-signals.js';
import { threadSource } from './thread-source.js';

/**
 * Starts a thread that evaluates CommonJS source with `workerData` in `node:worker_threads`. The host gives it: a training
 * program imports nothing that starts anything.
 */
export type SpawnThread = (source: string, workerData: unknown) => void;

/** Looks at a word so often before sleeping on it: some tens of microseconds. */
const looks = 3000;

/** Pieces that each thread gets on average, so that a late one leaves its share to the others. */
const piecesOfThread = 4;

/**
 * Threads that share the kernels' memory. A kernel's units are given away in pieces, whoever comes first; since units are
 * computed independently, it is without effect on the bits which thread computes which, and how many there are.
 *
 * A thread that has nothing to do looks for work some tens of microseconds and then sleeps.
 */
export class KernelThreadPool {
  readonly count: number;
  readonly #signals: Int32Array;
  readonly #kernels: Readonly<Record<string, Kernel>>;
  readonly #numbers = new Map<string, number>();

  /**
   * @param kernels the kernels of this thread's instance
   * @param scratches addresses of scratch memory, one for each further thread
   */
  constructor(
    module: WebAssembly.Module,
    kernels: Readonly<Record<string, Kernel>>,
    memory: KernelMemory,
    scratches: readonly number[],
    spawn: SpawnThread,
  ) {
    this.count = scratches.length + 1;
    this.#kernels = kernels;
    const names = Object.keys(kernels).filter((name) => typeof kernels[name] === 'function');
    names.forEach((name, number) => {
      this.#numbers.set(name, number);
    });
    // Words of its own: a thread of an earlier pool that has not ended yet looks at others.
    const signalsAddress = memory.allocate(signalWords * 4, 'signals of threads');
    this.#signals = new Int32Array(memory.memory.buffer, signalsAddress, signalWords).fill(0);
    const common = {
      module,
      memory: memory.memory,
      names,
      signal,
      signalsAddress,
      signalWords,
      parametersAddress,
      looks,
    };
    for (const scratch of scratches) spawn(threadSource, { ...common, scratch });
  }

  /** Runs units 0 to `units` - 1 of a kernel, divided at multiples of `grain`. Returns when all are done. */
  run(kernel: string, units: number, grain: number): void {
    const signals = this.#signals;
    const pieces = this.count * piecesOfThread;
    const chunk = Math.max(grain, Math.ceil(units / pieces / grain) * grain);
    signals[signal.units] = units;
    signals[signal.chunk] = chunk;
    signals[signal.kernel] = this.#numbers.get(kernel) as number;
    Atomics.store(signals, signal.next, 0);
    Atomics.store(signals, signal.open, 1);
    Atomics.add(signals, signal.generation, 1);
    Atomics.notify(signals, signal.generation);
    const compute = this.#kernels[kernel] as Kernel;
    for (;;) {
      const begin = Atomics.add(signals, signal.next, chunk);
      if (begin >= units) break;
      compute(parametersAddress, begin, Math.min(units, begin + chunk));
    }
    Atomics.store(signals, signal.open, 0);
    this.#awaitOthers();
    if (Atomics.exchange(signals, signal.failed, 0) === 1)
      throw new Error(`A thread failed in the kernel ${kernel}`);
  }

  /** Ends the threads. */
  close(): void {
    Atomics.store(this.#signals, signal.quit, 1);
    Atomics.add(this.#signals, signal.generation, 1);
    Atomics.notify(this.#signals, signal.generation);
  }

  /** Returns when no thread is at the kernel any more. */
  #awaitOthers(): void {
    for (let look = 0; ; look++) {
      const active = Atomics.load(this.#signals, signal.active);
      if (active === 0) return;
      if (look >= looks) Atomics.wait(this.#signals, signal.active, active);
    }
  }
}
