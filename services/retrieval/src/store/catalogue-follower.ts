import { type Database, failure } from '@isthmus/chassis';
import { type CatalogueLog, catalogueChannel, type LoggedWrite } from './catalogue-log.js';

/** Writes read at a time. A write holds at most 1,000 items. */
const READ_LIMIT = 64;

/** A catalogue as far as a follower knows it. */
export interface FollowedCatalogue {
  readonly modelName: string;
  /** Sequence number of the last write that was applied; 0 before the first. */
  readonly sequence: bigint;
}

/** A catalogue and what applies the write after its `sequence` to it. */
interface Followed {
  readonly catalogue: FollowedCatalogue;
  readonly apply: (write: LoggedWrite) => void;
}

/** Keeps the catalogues of one replica level with the log: at once by notification, and by polling should one get lost. */
export class CatalogueFollower {
  readonly #log: CatalogueLog;
  readonly #pollMs: number;
  readonly #followed = new Map<string, Followed>();
  readonly #waiting = new Set<() => void>();
  readonly #pending = new Map<string, Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #unlisten: (() => Promise<void>) | undefined;
  readonly #report: (error: unknown) => void;

  /** @param report hears of reads that failed; they are tried again by the next poll */
  constructor(log: CatalogueLog, report: (error: unknown) => void, pollMs = 500) {
    this.#log = log;
    this.#report = report;
    this.#pollMs = pollMs;
  }

  /** Begins to follow. */
  async start(database: Database): Promise<void> {
    this.#unlisten = await database.listen(catalogueChannel, (modelName) => {
      for (const name of modelName === undefined ? this.#followed.keys() : [modelName]) this.#wake(name);
    });
    this.#timer = setInterval(() => {
      for (const name of this.#followed.keys()) this.#wake(name);
    }, this.#pollMs);
    this.#timer.unref();
  }

  /** Follows one more catalogue and resolves when it holds everything that is in the log now. */
  async follow(catalogue: FollowedCatalogue, apply: (write: LoggedWrite) => void): Promise<void> {
    this.#followed.set(catalogue.modelName, { catalogue, apply });
    await this.catchUp(catalogue.modelName);
  }

  /** Reads what is in the log now. Rejects where the database does not answer. */
  catchUp(modelName: string): Promise<void> {
    const running = this.#pending.get(modelName);
    const next = (running ?? Promise.resolve()).catch(() => undefined).then(() => this.#read(modelName));
    this.#pending.set(modelName, next);
    return next.finally(() => {
      if (this.#pending.get(modelName) === next) this.#pending.delete(modelName);
    });
  }

  /**
   * Resolves once the catalogue holds the write with this sequence number.
   * @throws IsthmusError SEQUENCE_NOT_REACHED when the signal aborts first
   */
  async reached(catalogue: FollowedCatalogue, sequence: bigint, signal: AbortSignal): Promise<void> {
    while (catalogue.sequence < sequence) {
      if (signal.aborted) throw notReached(catalogue, sequence);
      await new Promise<void>((resolve) => {
        const done = () => {
          this.#waiting.delete(done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        this.#waiting.add(done);
        signal.addEventListener('abort', done, { once: true });
        this.#wake(catalogue.modelName);
      });
    }
  }

  /** Stops following. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#unlisten?.();
    await Promise.allSettled(this.#pending.values());
  }

  #wake(modelName: string): void {
    if (!this.#followed.has(modelName) || this.#pending.has(modelName)) return;
    this.catchUp(modelName).catch(this.#report);
  }

  async #read(modelName: string): Promise<void> {
    const followed = this.#followed.get(modelName);
    if (followed === undefined) return;
    for (;;) {
      const writes = await this.#log.readAfter(modelName, followed.catalogue.sequence, READ_LIMIT);
      for (const write of writes) followed.apply(write);
      if (writes.length > 0) for (const wake of [...this.#waiting]) wake();
      if (writes.length < READ_LIMIT) return;
    }
  }
}

function notReached({ sequence: applied }: FollowedCatalogue, sequence: bigint) {
  return failure(
    'SEQUENCE_NOT_REACHED',
    `this replica has applied catalogue write ${applied} and was asked for ${sequence}; retry, or allow more time`,
    { metadata: { applied: String(applied), requested: String(sequence) } },
  );
}
