import type {
  ListLogEntriesRequest,
  ListLogEntriesResponse,
} from '@isthmus/proto/isthmus/attestation/v1/log.js';
import type { AttestationContext } from '../attestation-context.js';
import { listLogEntries } from '../store/log-store.js';
import { decodePageToken, encodePageToken, pageLimit } from './page-token.js';

/** `TransparencyLogService.ListLogEntries`. */
export function listLogEntriesMethod(context: AttestationContext) {
  return async ({ pageSize, pageToken }: ListLogEntriesRequest): Promise<ListLogEntriesResponse> => {
    const limit = pageLimit(pageSize);
    const first = decodePageToken('log', pageToken) ?? 0n;
    const found = await listLogEntries(context.database.pool, first, limit + 1);
    return {
      entries: found.slice(0, limit).map((entry) => ({
        index: entry.index,
        kind: entry.kind,
        timeMs: BigInt(entry.timeMs),
        runId: entry.runId,
        payloadSha256: entry.payloadSha256,
        encoded: Buffer.from(entry.encoded),
      })),
      nextPageToken: found.length > limit ? encodePageToken('log', first + BigInt(limit)) : '',
    };
  };
}
