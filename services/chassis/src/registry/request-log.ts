import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Database } from '../database/database.js';
import type { Migration } from '../database/migrate.js';
import { failure } from '../errors/isthmus-error.js';

const migrations: readonly Migration[] = [
  {
    version: 1,
    name: 'requests that were answered',
    sql: `CREATE TABLE answered_requests (
      method text COLLATE "C" NOT NULL,
      request_id text COLLATE "C" NOT NULL,
      content_sha256 text NOT NULL,
      response bytea,
      answered_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (method, request_id)
    );
    CREATE INDEX answered_requests_by_time ON answered_requests (answered_at)`,
  },
];

/** How long an answer is remembered. A caller that repeats itself does so within minutes. */
const retention = '1 day';

/** A change that a caller may repeat. */
export interface RepeatableRequest {
  /** `/package.Service/Method`. */
  readonly method: string;
  /** Chosen by the caller; empty for none, and then nothing is remembered. */
  readonly requestId: string;
  /** The encoded request, its id included. */
  readonly content: Uint8Array;
}

/** Makes repeated calls harmless (AIP-155): the same id and content get the answer of the first time. */
export class RequestLog {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Makes the table, and forgets what is older than a day. */
  async open(): Promise<void> {
    await this.#database.migrate('requests', migrations);
    await this.#database.pool.query(
      `DELETE FROM answered_requests WHERE answered_at < now() - interval '${retention}'`,
    );
  }

  /**
   * Runs `work` in a transaction, together with the note that it was done, and returns its encoded response, or the one
   * of the first time. Two calls at the same time: the second waits for the first.
   * @throws REQUEST_ID_REUSED where the id came with another content before
   */
  once(
    request: RepeatableRequest,
    work: (client: pg.PoolClient) => Promise<Uint8Array>,
  ): Promise<{ response: Uint8Array; isRepeat: boolean }> {
    return this.#database.transaction(async (client) => {
      if (request.requestId === '') return { response: await work(client), isRepeat: false };
      const sha256 = createHash('sha256').update(request.content).digest('hex');
      const keys = [request.method, request.requestId];
      const noted = await client.query(
        `INSERT INTO answered_requests (method, request_id, content_sha256) VALUES ($1, $2, $3)
         ON CONFLICT DO NOTHING`,
        [...keys, sha256],
      );
      if (noted.rowCount === 0)
        return { response: await answerOfBefore(client, keys, sha256), isRepeat: true };
      const response = await work(client);
      await client.query('UPDATE answered_requests SET response = $3 WHERE method = $1 AND request_id = $2', [
        ...keys,
        Buffer.from(response),
      ]);
      return { response, isRepeat: false };
    });
  }
}

async function answerOfBefore(client: pg.PoolClient, keys: string[], sha256: string): Promise<Uint8Array> {
  const { rows } = await client.query<{ content_sha256: string; response: Buffer }>(
    'SELECT content_sha256, response FROM answered_requests WHERE method = $1 AND request_id = $2',
    keys,
  );
  const [row] = rows;
  if (row?.content_sha256 !== sha256) {
    throw failure(
      'REQUEST_ID_REUSED',
      'This request id came with another content before. Draw a fresh UUID.',
    );
  }
  return row.response;
}
