import type { ObjectStore } from '@isthmus/chassis';
import { UploadObjectRequest } from '@isthmus/proto/isthmus/attestation/v1/run.js';
import type { ProofClient } from './proof-client.js';
import { untilItPasses } from './transient-failure.js';

/** Bytes of one message of an upload; the contract allows 1 MiB. */
const CHUNK_BYTES = 1 << 20;

/** Time for one object. */
const UPLOAD_DEADLINE_MS = 600_000;

/** A store whose new objects also go to the attestation service, for provers that do not share its store. */
export function uploadingStore(objects: ObjectStore, client: ProofClient): ObjectStore {
  return {
    async put(bytes) {
      const sha256 = await objects.put(bytes);
      await untilItPasses(() =>
        client.uploadObject(chunksOf(sha256, bytes), { deadlineMs: UPLOAD_DEADLINE_MS }),
      );
      return sha256;
    },
    putStream: (expected, chunks, limitBytes) => objects.putStream(expected, chunks, limitBytes),
    get: (sha256) => objects.get(sha256),
    has: (sha256) => objects.has(sha256),
    size: (sha256) => objects.size(sha256),
    delete: (sha256) => objects.delete(sha256),
  };
}

function* chunksOf(sha256: string, bytes: Uint8Array): Generator<UploadObjectRequest> {
  for (let offset = 0; offset === 0 || offset < bytes.length; offset += CHUNK_BYTES)
    yield UploadObjectRequest.fromPartial({
      sha256,
      chunk: Buffer.from(bytes.subarray(offset, offset + CHUNK_BYTES)),
    });
}
