import { failure } from '@isthmus/chassis';
import type { Run } from '../domain/run.js';
import type { Queryable } from '../store/queryable.js';
import { findRequest } from '../store/request-store.js';
import { findRun } from '../store/run-store.js';

/**
 * The run that an earlier call with this request id answered with, or undefined where the id is fresh.
 * @throws REQUEST_ID_REUSED where the id came with another content
 */
export async function repeatedRun(
  on: Queryable,
  method: string,
  requestId: string,
  contentSha256: string,
): Promise<Run | undefined> {
  const request = await findRequest(on, method, requestId);
  if (request === undefined) return undefined;
  if (request.contentSha256 !== contentSha256) {
    throw failure(
      'REQUEST_ID_REUSED',
      'This request id was used before for something else. Draw a fresh UUID for each change.',
      { metadata: { method } },
    );
  }
  return findRun(on, request.runId);
}
