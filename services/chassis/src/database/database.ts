import type pg from 'pg';
import type { Migration } from './migrate.js';
import type { TransactionOptions } from './transaction.js';

/** Access to PostgreSQL, the same whether the server is embedded or not. */
export interface Database {
  /** The pool, for single statements. 64-bit integers arrive as `bigint`. */
  readonly pool: pg.Pool;
  /** Where the server is, credentials included: not for logs. */
  readonly url: string;
  /** Brings the tables of an area to the newest of `migrations`. Safe to call from several processes at once. */
  migrate(area: string, migrations: readonly Migration[]): Promise<void>;
  /**
   * Runs `work` in a transaction and commits, or rolls back where it throws. `work` is run again after a serialization
   * failure or a deadlock, so it must not have effects outside the database.
   */
  transaction<T>(work: (client: pg.PoolClient) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /**
   * Follows a notification channel over a connection of its own, which comes back by itself.
   * @param receive gets the payload, or undefined after a reconnect, when notifications may have been missed
   * @returns a function that ends the subscription
   */
  listen(channel: string, receive: (payload: string | undefined) => void): Promise<() => Promise<void>>;
  /** Ends every connection. Stops the embedded server where nobody else uses it. */
  close(): Promise<void>;
}
