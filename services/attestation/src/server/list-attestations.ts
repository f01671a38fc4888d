import type {
  ListAttestationsRequest,
  ListAttestationsResponse,
} from '@isthmus/proto/isthmus/attestation/v1/attestation.js';
import type { AttestationContext } from '../attestation-context.js';
import { listAttestations } from '../store/attestation-store.js';
import { encodeAttestation } from './encode-attestation.js';
import { decodePageToken, encodePageToken, pageLimit } from './page-token.js';

/** `AttestationService.ListAttestations`. */
export function listAttestationsMethod(context: AttestationContext) {
  return async ({ pageSize, pageToken }: ListAttestationsRequest): Promise<ListAttestationsResponse> => {
    const limit = pageLimit(pageSize);
    const before = decodePageToken('attestations', pageToken);
    const found = await listAttestations(context.database.pool, limit + 1, before);
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1) : undefined;
    return {
      attestations: page.map(({ attestation }) => encodeAttestation(attestation)),
      nextPageToken: last === undefined ? '' : encodePageToken('attestations', last.ordinal),
    };
  };
}
