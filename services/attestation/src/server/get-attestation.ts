import { failure } from '@isthmus/chassis';
import { sha256Hex } from '@isthmus/proof';
import type {
  GetAttestationRequest,
  GetAttestationResponse,
} from '@isthmus/proto/isthmus/attestation/v1/attestation.js';
import type { AttestationContext } from '../attestation-context.js';
import { type AttestationKey, findAttestation } from '../store/attestation-store.js';
import { encodeAttestation } from './encode-attestation.js';

/** `AttestationService.GetAttestation`. */
export function getAttestationMethod(context: AttestationContext) {
  return async (request: GetAttestationRequest): Promise<GetAttestationResponse> => {
    const found = await findAttestation(context.database.pool, decodeKey(request));
    if (found === undefined) {
      throw failure(
        'ATTESTATION_NOT_FOUND',
        'There is no such attestation. Check the id against ListAttestations.',
      );
    }
    return {
      attestation: encodeAttestation(found),
      bundle: Buffer.from(found.bundle),
      logProof: found.logProof,
      bundleDigest: found.bundleDigest,
      logProofDigest: sha256Hex(Buffer.from(found.logProof, 'utf8')),
    };
  };
}

function decodeKey({ key }: GetAttestationRequest): AttestationKey {
  switch (key?.$case) {
    case 'attestationId':
      return { id: key.value };
    case 'runId':
      return { runId: key.value };
    case 'modelDigest':
      return { modelDigest: key.value };
    default:
      throw failure('FIELD_INVALID', 'Name the attestation by its id, its run or its model.', {
        metadata: { field: 'key', rule: 'required' },
      });
  }
}
