import { createHash } from 'node:crypto';
import { type Database, failure } from '@isthmus/chassis';

/** A write as the log keeps it. */
export interface LoggedWrite {
  readonly modelName: string;
  /** Position in the log of this model, from 1, without gaps. */
  readonly sequence: bigint;
  readonly kind: 'upsert' | 'delete';
  /** The encoded request, its request id left out. */
  readonly payload: Uint8Array;
}

/** Channel on which a write is announced; the payload is the model's name. */
export const catalogueChannel = 'isthmus_catalogue';

/**
 * The one ordered log of catalogue writes, in PostgreSQL. Writers of one model take turns under an advisory lock, so
 * sequence numbers become visible in their order: a reader that has seen n has seen everything before n.
 */
export class CatalogueLog {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Makes a write durable and returns its sequence number. The same request id with the same content returns the number
   * of the first call.
   * @throws IsthmusError REQUEST_ID_REUSED where the id came with another content before
   */
  append(write: Omit<LoggedWrite, 'sequence'>, requestId: string): Promise<bigint> {
    const digest = createHash('sha256').update(write.kind).update(write.payload).digest();
    return this.#database.transaction(async (client) => {
      await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
        `${catalogueChannel}:${write.modelName}`,
      ]);
      const earlier = await client.query<{ sequence: bigint; request_digest: Buffer }>(
        'SELECT sequence, request_digest FROM catalogue_log WHERE model_name = $1 AND request_id = $2',
        [write.modelName, requestId],
      );
      const known = earlier.rows[0];
      if (known !== undefined) {
        if (known.request_digest.equals(digest)) return BigInt(known.sequence);
        throw failure(
          'REQUEST_ID_REUSED',
          `request id ${requestId} was used for another catalogue write; draw a fresh one`,
        );
      }
      const inserted = await client.query<{ sequence: bigint }>(
        `INSERT INTO catalogue_log (model_name, sequence, kind, payload, request_id, request_digest)
         SELECT $1, coalesce(max(sequence), 0) + 1, $2, $3, $4, $5 FROM catalogue_log WHERE model_name = $1
         RETURNING sequence`,
        [write.modelName, write.kind, Buffer.from(write.payload), requestId, digest],
      );
      await client.query('SELECT pg_notify($1, $2)', [catalogueChannel, write.modelName]);
      return BigInt(inserted.rows[0]?.sequence ?? 0);
    });
  }

  /** The next writes of a model after a sequence number, at most `limit`, in order. */
  async readAfter(modelName: string, sequence: bigint, limit: number): Promise<LoggedWrite[]> {
    const { rows } = await this.#database.pool.query<{
      sequence: bigint;
      kind: LoggedWrite['kind'];
      payload: Buffer;
    }>(
      'SELECT sequence, kind, payload FROM catalogue_log WHERE model_name = $1 AND sequence > $2 ORDER BY sequence LIMIT $3',
      [modelName, sequence, limit],
    );
    return rows.map((row) => ({
      modelName,
      sequence: BigInt(row.sequence),
      kind: row.kind,
      payload: row.payload,
    }));
  }
}
