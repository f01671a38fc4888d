import type { Logger } from 'pino';

/** Where a program is in its life. */
export type LifecycleState = 'starting' | 'serving' | 'draining' | 'stopped';

/** A step of the shutdown, with the name by which the log knows it. */
interface Step {
  readonly name: string;
  readonly run: () => Promise<void> | void;
}

/**
 * The life of a program: from the start to an orderly stop. Parts that a program opens register how they are closed,
 * and are closed in the reverse order once the servers have drained.
 */
export class Lifecycle {
  readonly #logger: Logger;
  readonly #stopping = new AbortController();
  readonly #steps: Step[] = [];
  #state: LifecycleState = 'starting';

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Where the program is. */
  get state(): LifecycleState {
    return this.#state;
  }

  /** Aborted as soon as the program is asked to stop: for loops and timers in the background. */
  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Registers how something is closed. The last one registered is closed first. */
  onStop(name: string, run: () => Promise<void> | void): void {
    this.#steps.push({ name, run });
  }

  /** Asks the program to stop, as SIGTERM does. Asking again does nothing. */
  requestStop(cause: string): void {
    if (this.#stopping.signal.aborted) return;
    this.#logger.info({ cause }, 'stopping');
    this.#stopping.abort(new Error(`The program is stopping: ${cause}.`));
  }

  /** Resolves when the program is asked to stop. */
  stopRequested(): Promise<void> {
    return new Promise((resolve) => {
      if (this.signal.aborted) resolve();
      else this.signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  /** Notes that the program has reached the next state. */
  enter(state: LifecycleState): void {
    this.#state = state;
    this.#logger.debug({ state }, 'lifecycle');
  }

  /** Closes what was registered, last first. One that fails is logged and does not keep the others open. */
  async runStopSteps(): Promise<void> {
    for (const { name, run } of this.#steps.splice(0).reverse()) {
      try {
        await run();
      } catch (error) {
        this.#logger.error({ err: error, part: name }, 'a part did not stop cleanly');
      }
    }
  }
}
