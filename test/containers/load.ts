import { setTimeout as sleep } from 'node:timers/promises';

/** What became of calls that were sent without a pause. */
export interface LoadReport {
  readonly answered: number;
  /** Messages of the calls that failed. */
  readonly failures: readonly string[];
  /** Longest time to an answer, in milliseconds. */
  readonly slowestMs: number;
}

/** Keeps `parallel` calls under way until {@link Load.stop}. */
export class Load {
  readonly #lanes: Promise<void>[];
  readonly #failures: string[] = [];
  #answered = 0;
  #slowestMs = 0;
  #isStopping = false;

  constructor(call: () => Promise<unknown>, parallel: number) {
    this.#lanes = Array.from({ length: parallel }, () => this.#run(call));
  }

  /** Resolves when a number of calls more has been answered. */
  async answers(more: number): Promise<void> {
    const until = this.#answered + more;
    while (this.#answered < until && this.#failures.length === 0) await sleep(5);
  }

  /** Waits for the calls under way and reports. */
  async stop(): Promise<LoadReport> {
    this.#isStopping = true;
    await Promise.all(this.#lanes);
    return { answered: this.#answered, failures: this.#failures, slowestMs: Math.round(this.#slowestMs) };
  }

  async #run(call: () => Promise<unknown>): Promise<void> {
    while (!this.#isStopping) {
      const startedAt = performance.now();
      try {
        await call();
        this.#answered += 1;
      } catch (error) {
        this.#failures.push(error instanceof Error ? error.message : String(error));
      }
      this.#slowestMs = Math.max(this.#slowestMs, performance.now() - startedAt);
    }
  }
}
