import type { Database } from '@isthmus/chassis';
import PgBoss from 'pg-boss';
import type { ReplaySpan } from '../domain/replay-span.js';
import type { Queryable } from '../store/queryable.js';

/** A span of a run, as it waits in the queue. */
export interface SpanJob extends ReplaySpan {
  readonly runId: string;
}

/** Channel that says a span was queued. */
export const workChannel = 'attestation_work';

/** Retries that the queue itself would allow: the service counts attempts on its own and settles a span before this. */
const queueRetryLimit = 1_000;

/**
 * The queue of spans, in the same PostgreSQL as the runs, so that a run is finished and its replay is queued in one
 * transaction. Delivery is at least once; what a worker does with a span is idempotent.
 */
export class ReplayQueue {
  readonly #boss: PgBoss;
  readonly #name = 'attestation-replay';

  private constructor(boss: PgBoss) {
    this.#boss = boss;
  }

  /**
   * Creates the queue's tables where they are missing.
   * @param expireMs time after which a span that a worker holds is given to another one
   */
  static async open(
    database: Database,
    expireMs: number,
    onError: (error: unknown) => void,
  ): Promise<ReplayQueue> {
    const boss = new PgBoss({
      db: { executeSql: (text, values) => database.pool.query(text, values) },
      schedule: false,
      supervise: true,
      maintenanceIntervalSeconds: 60,
      expireInSeconds: Math.max(1, Math.ceil(expireMs / 1000)),
      retryLimit: queueRetryLimit,
      retryDelay: 0,
    });
    boss.on('error', onError);
    await boss.start();
    const queue = new ReplayQueue(boss);
    await boss.createQueue(queue.#name);
    return queue;
  }

  /** Queues a span under an id that the caller chose, inside the caller's transaction. */
  async send(on: Queryable, jobId: string, job: SpanJob): Promise<void> {
    await this.#boss.send(this.#name, job, {
      id: jobId,
      db: { executeSql: (text, values) => on.query(text, values) },
    });
  }

  /** Takes a span that waits, inside the caller's transaction; undefined where none does. */
  async take(on: Queryable): Promise<{ readonly jobId: string; readonly job: SpanJob } | undefined> {
    const db = { executeSql: (text: string, values: unknown[]) => on.query(text, values) };
    const [job] = await this.#boss.fetch<SpanJob>(this.#name, { batchSize: 1, db });
    return job && { jobId: job.id, job: job.data };
  }

  /** Takes a span out of the queue for good. */
  async complete(jobId: string): Promise<void> {
    await this.#boss.complete(this.#name, jobId);
  }

  /** Gives a span back, for any worker to take. */
  async giveBack(jobId: string, reason: string): Promise<void> {
    await this.#boss.fail(this.#name, jobId, { message: reason });
  }

  /** Stops the upkeep. What is queued stays. */
  async close(): Promise<void> {
    await this.#boss.stop({ graceful: false, close: false, wait: false });
  }
}
