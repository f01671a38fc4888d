import type { ProgressUpdate } from '@isthmus/trainer';

/**
 * Work that goes on beside the story, one piece after the other, so that a second core is busy and a third is not asked
 * for. After the first failure the rest is not begun; whoever waits for a piece meets the failure there.
 */
export class BackgroundLane {
  #last: Promise<unknown> = Promise.resolve();
  #latest: ProgressUpdate | undefined;

  /** Adds a piece of work to the end. */
  add<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result;
    // Nobody may be waiting yet; a failure is met by whoever does later.
    result.catch(() => {});
    return result;
  }

  /** Says how far the work is, for whoever comes to wait for it. */
  report(update: ProgressUpdate): void {
    this.#latest = update;
  }

  /** What was reported last; undefined before the first report. */
  get latest(): ProgressUpdate | undefined {
    return this.#latest;
  }
}
