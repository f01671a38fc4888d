import { setTimeout as sleep } from 'node:timers/promises';

/** Pause of every lane between two calls, in milliseconds: the load leaves the machine time for what it measures. */
const pauseMs = 5;

/** Pause after a failed call, so that a fault does not fill the memory with its messages. */
const pauseAfterFailureMs = 250;

/** Longest wait for answers, in milliseconds. */
const patienceMs = 60_000;

/** Somebody who calls without end. */
export interface Caller {
  readonly call: () => Promise<unknown>;
  /** Calls under way at a time. */
  readonly lanes: number;
}

/** What became of a caller's calls. */
export interface CallerReport {
  answered: number;
  /** Those that failed. */
  readonly failures: Error[];
  /** Longest time until an answer, in milliseconds. */
  slowestMs: number;
}

/** Callers that call until {@link stop}. */
export class Traffic<Name extends string> {
  readonly #reports = new Map<Name, CallerReport>();
  readonly #lanes: Promise<void>[] = [];
  #isStopping = false;

  constructor(callers: Readonly<Record<Name, Caller>>) {
    for (const [name, { call, lanes }] of Object.entries(callers) as [Name, Caller][]) {
      const report: CallerReport = { answered: 0, failures: [], slowestMs: 0 };
      this.#reports.set(name, report);
      for (let lane = 0; lane < lanes; lane++) this.#lanes.push(this.#run(call, report));
    }
  }

  /** Resolves when every caller has had a number of answers more. Rejects where they do not come. */
  async answers(more: number): Promise<void> {
    const reports = [...this.#reports.values()];
    const goals = reports.map(({ answered }) => answered + more);
    const until = performance.now() + patienceMs;
    while (!reports.every(({ answered }, index) => answered >= (goals[index] ?? 0))) {
      if (performance.now() > until)
        throw new Error(`no ${more} answers within ${patienceMs} ms: ${JSON.stringify(this.#inShort())}`);
      await sleep(5);
    }
  }

  /** How many calls of a caller have failed so far. */
  failuresOf(name: Name): number {
    return this.#reports.get(name)?.failures.length ?? 0;
  }

  /** Waits for the calls under way and reports. */
  async stop(): Promise<Readonly<Record<Name, CallerReport>>> {
    this.#isStopping = true;
    await Promise.all(this.#lanes);
    return Object.fromEntries(this.#reports) as Record<Name, CallerReport>;
  }

  async #run(call: () => Promise<unknown>, report: CallerReport): Promise<void> {
    while (!this.#isStopping) {
      await sleep(pauseMs);
      const startedAt = performance.now();
      try {
        await call();
        report.answered += 1;
        report.slowestMs = Math.max(report.slowestMs, performance.now() - startedAt);
      } catch (error) {
        report.failures.push(error instanceof Error ? error : new Error(String(error)));
        await sleep(pauseAfterFailureMs);
      }
    }
  }

  #inShort() {
    return [...this.#reports].map(([name, { answered, failures }]) => ({
      name,
      answered,
      failed: failures.length,
      last: failures.at(-1)?.message,
    }));
  }
}
