import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';

/** How a transaction runs. */
export interface TransactionOptions {
  /** Default `READ COMMITTED`. */
  readonly isolation?: 'READ COMMITTED' | 'REPEATABLE READ' | 'SERIALIZABLE';
  /** Most attempts, the first included. Default 8. */
  readonly attempts?: number;
}

/** SQLSTATEs that PostgreSQL asks to retry: serialization_failure and deadlock_detected. */
const retriable = new Set(['40001', '40P01']);

/** Pause before the second attempt, doubled before each further one, with jitter. */
const firstPauseMs = 5;

/** Runs `work` between BEGIN and COMMIT on one connection of the pool. */
export async function runTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  const attempts = options.attempts ?? 8;
  for (let attempt = 1; ; attempt++) {
    try {
      return await runOnce(pool, work, options.isolation ?? 'READ COMMITTED');
    } catch (error) {
      const state = (error as { code?: string } | undefined)?.code;
      if (attempt >= attempts || state === undefined || !retriable.has(state)) throw error;
      await sleep(firstPauseMs * 2 ** (attempt - 1) * (0.5 + Math.random()));
    }
  }
}

async function runOnce<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
  isolation: string,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(`BEGIN ISOLATION LEVEL ${isolation}`);
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // A connection that cannot even roll back is not given to anybody else.
    await client.query('ROLLBACK').catch((cause: Error) => {
      broken = cause;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
