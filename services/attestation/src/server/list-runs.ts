import type { ListRunsRequest, ListRunsResponse } from '@isthmus/proto/isthmus/attestation/v1/run.js';
import type { AttestationContext } from '../attestation-context.js';
import { listRunReports } from '../store/run-store.js';
import { encodeRunReport } from './encode-run.js';
import { decodePageToken, encodePageToken, pageLimit } from './page-token.js';

/** `ProofService.ListRuns`. */
export function listRunsMethod(context: AttestationContext) {
  return async ({ pageSize, pageToken, proverKeyId }: ListRunsRequest): Promise<ListRunsResponse> => {
    const listing = `runs ${proverKeyId}`;
    const limit = pageLimit(pageSize);
    const before = decodePageToken(listing, pageToken);
    const found = await listRunReports(
      context.database.pool,
      limit + 1,
      before,
      proverKeyId === '' ? undefined : proverKeyId,
    );
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1) : undefined;
    return {
      runs: page.map(({ report }) => encodeRunReport(report)),
      nextPageToken: last === undefined ? '' : encodePageToken(listing, last.ordinal),
    };
  };
}
