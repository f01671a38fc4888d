import { failure } from '@isthmus/chassis';
import { inclusionProof } from '@isthmus/proof';
import type {
  GetInclusionProofRequest,
  GetInclusionProofResponse,
} from '@isthmus/proto/isthmus/attestation/v1/log.js';
import type { AttestationContext } from '../attestation-context.js';
import { newestCheckpoint } from '../log/newest-checkpoint.js';
import { findCheckpoint, treeReader } from '../store/log-store.js';
import { requireTreeSize } from './tree-size.js';

/** `TransparencyLogService.GetInclusionProof`. */
export function getInclusionProofMethod(context: AttestationContext) {
  return async ({ index, treeSize }: GetInclusionProofRequest): Promise<GetInclusionProofResponse> => {
    const { pool } = context.database;
    const newest = await newestCheckpoint(pool);
    const size = requireTreeSize(treeSize, newest.treeSize);
    if (index >= size) {
      throw failure(
        'LOG_ENTRY_NOT_FOUND',
        `There is no entry ${index} in a tree of ${size}. Ask for an index below the size of the checkpoint.`,
        { metadata: { treeSize: size.toString() } },
      );
    }
    const read = treeReader(pool);
    const [leafHash] = await read([{ level: 0, index }]);
    const hashes = await context.telemetry.span('log.read', { 'isthmus.log.index': Number(index) }, () =>
      inclusionProof(index, size, read),
    );
    return {
      index,
      treeSize: size,
      leafHash: Buffer.from(leafHash ?? []),
      hashes: hashes.map((hash) => Buffer.from(hash)),
      checkpoint: (await findCheckpoint(pool, size))?.note ?? '',
    };
  };
}
