import { type Queryable, queryRow } from './queryable.js';

/** What a request id was used for. */
export interface RememberedRequest {
  /** Digest of what the request asked for, hexadecimal. */
  readonly contentSha256: string;
  readonly runId: string;
}

/** What an earlier request of this id asked for; undefined where the id is fresh. */
export async function findRequest(
  on: Queryable,
  method: string,
  requestId: string,
): Promise<RememberedRequest | undefined> {
  const row = await queryRow(
    on,
    'SELECT content_sha256, run_id FROM attestation.requests WHERE method = $1 AND request_id = $2',
    [method, requestId],
  );
  return row && { contentSha256: row.content_sha256 as string, runId: row.run_id as string };
}

/** Remembers a request in the transaction of its effect. */
export async function insertRequest(
  on: Queryable,
  method: string,
  requestId: string,
  request: RememberedRequest,
): Promise<void> {
  await on.query('INSERT INTO attestation.requests VALUES ($1, $2, $3, $4)', [
    method,
    requestId,
    request.contentSha256,
    request.runId,
  ]);
}
