import { backend } from '@tensorflow/tfjs-core';

/** Stands for the time that no kernel takes. */
export const outside = 'outside of kernels';

/** Time of one kernel in one phase of a step. */
export interface KernelTime {
  readonly phase: string;
  /** Name of the kernel, of a matrix product with its size; or {@link outside}. */
  readonly name: string;
  /** Calls in a step. */
  readonly calls: number;
  /** Median over the steps of the time of all calls in a step. */
  readonly medianMs: number;
  /** Floating-point operations of a step; counted for matrix products only. */
  readonly operations: number;
}

/** The part of our backend's runner that is listened to. */
interface Runner {
  run(name: string, parameters: readonly number[], units: number, work: number, grain?: number): void;
}

interface Entry {
  readonly phase: string;
  readonly name: string;
  readonly operations: number;
  readonly stepsMs: number[];
  calls: number;
  ms: number;
}

/**
 * Times each call of a kernel of our backend, which has to be the one in use. It stands in front of the runner's method from
 * outside: what is not profiled has not an instruction more.
 */
export class KernelProfiler {
  readonly #now: () => number;
  readonly #runner = (backend() as unknown as { runner: Runner }).runner;
  readonly #entries = new Map<string, Entry>();
  #phase = 'before';
  #enteredMs = 0;
  #insideMs = 0;

  constructor(now: () => number) {
    this.#now = now;
    const run = this.#runner.run.bind(this.#runner);
    this.#runner.run = (name, parameters, units, work, grain) => {
      const began = now();
      run(name, parameters, units, work, grain);
      const elapsed = now() - began;
      this.#insideMs += elapsed;
      const { label, operations } = describe(name, parameters, units);
      this.#count(label, elapsed, operations);
    };
  }

  /** What follows belongs to this phase. */
  enter(phase: string): void {
    this.#leave();
    this.#phase = phase;
  }

  /** Runs one step. */
  step(run: () => void): void {
    this.#enteredMs = this.#now();
    this.#insideMs = 0;
    run();
    this.#leave();
    for (const entry of this.#entries.values()) {
      entry.stepsMs.push(entry.ms);
      entry.ms = 0;
    }
  }

  /** Forgets the steps so far, for which engines were warming up. */
  forget(): void {
    this.#entries.clear();
  }

  /** Listens no longer. */
  stop(): void {
    delete (this.#runner as Partial<Runner>).run;
  }

  times(): KernelTime[] {
    return [...this.#entries.values()].map(({ phase, name, calls, stepsMs, operations }) => ({
      phase,
      name,
      calls: calls / stepsMs.length,
      medianMs: [...stepsMs].sort((a, b) => a - b)[stepsMs.length >> 1] as number,
      operations: operations * (calls / stepsMs.length),
    }));
  }

  /** The time since the phase began that no kernel took. */
  #leave(): void {
    const now = this.#now();
    this.#count(outside, now - this.#enteredMs - this.#insideMs, 0);
    this.#enteredMs = now;
    this.#insideMs = 0;
  }

  #count(name: string, ms: number, operations: number): void {
    const key = `${this.#phase} ${name}`;
    const entry = this.#entries.get(key) ?? {
      phase: this.#phase,
      name,
      operations,
      stepsMs: [],
      calls: 0,
      ms: 0,
    };
    entry.calls += 1;
    entry.ms += ms;
    this.#entries.set(key, entry);
  }
}

/** A matrix product by its rows, depth and columns, see the parameters of `matMul`. */
function describe(
  name: string,
  parameters: readonly number[],
  units: number,
): { label: string; operations: number } {
  if (name !== 'matMul') return { label: name, operations: 0 };
  const [columns, depth, transposedA, transposedB] = parameters.slice(4, 8) as [
    number,
    number,
    number,
    number,
  ];
  const label = `matMul ${units}×${depth}${transposedA ? 'ᵀ' : ''} · ${depth}×${columns}${transposedB ? 'ᵀ' : ''}`;
  return { label, operations: 2 * units * columns * depth };
}
