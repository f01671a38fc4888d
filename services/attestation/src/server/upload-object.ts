import { failure } from '@isthmus/chassis';
import type { UploadObjectRequest, UploadObjectResponse } from '@isthmus/proto/isthmus/attestation/v1/run.js';
import type { AttestationContext } from '../attestation-context.js';

/** `ProofService.UploadObject`: chunks are read as fast as the store takes them. */
export function uploadObjectMethod(context: AttestationContext) {
  return async (requests: AsyncIterable<UploadObjectRequest>): Promise<UploadObjectResponse> => {
    const iterator = requests[Symbol.asyncIterator]();
    const first = await iterator.next();
    if (first.done === true) {
      throw failure('FIELD_INVALID', 'An upload has at least one message, which names the object.', {
        metadata: { field: 'sha256', rule: 'required' },
      });
    }
    const { sha256 } = first.value;
    const size = await context.objects.putStream(
      sha256,
      chunks(first.value, { [Symbol.asyncIterator]: () => iterator }),
      context.limits.maxObjectBytes,
    );
    return { sha256, sizeBytes: BigInt(size) };
  };
}

async function* chunks(
  first: UploadObjectRequest,
  rest: AsyncIterable<UploadObjectRequest>,
): AsyncGenerator<Uint8Array> {
  yield first.chunk;
  for await (const { sha256, chunk } of rest) {
    if (sha256 !== first.sha256) {
      throw failure('FIELD_INVALID', 'Every message of an upload names the same object.', {
        metadata: { field: 'sha256', rule: 'same' },
      });
    }
    yield chunk;
  }
}
