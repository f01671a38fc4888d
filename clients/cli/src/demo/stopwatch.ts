/** Seconds of each stage of a demo. */
export class Stopwatch {
  readonly #now: () => number;
  readonly #startedAt: number;
  readonly #seconds = new Map<string, number>();

  /** @param now monotonic clock in milliseconds */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#startedAt = now();
  }

  /** Times a piece of work under a name. Stages may overlap. */
  async time<T>(stage: string, work: () => Promise<T>): Promise<T> {
    const from = this.#now();
    try {
      return await work();
    } finally {
      this.#seconds.set(stage, (this.#now() - from) / 1000);
    }
  }

  /** Seconds of a stage that has ended; 0 for one that has not. */
  secondsOf(stage: string): number {
    return this.#seconds.get(stage) ?? 0;
  }

  /** All stages in seconds with one decimal, and `total`. */
  summary(): { readonly [stage: string]: number } {
    const total = (this.#now() - this.#startedAt) / 1000;
    return Object.fromEntries(
      [...this.#seconds, ['total', total] as const].map(([name, seconds]) => [
        name,
        Math.round(seconds * 10) / 10,
      ]),
    );
  }
}
