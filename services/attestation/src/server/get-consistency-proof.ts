import { failure } from '@isthmus/chassis';
import { consistencyProof } from '@isthmus/proof';
import type {
  GetConsistencyProofRequest,
  GetConsistencyProofResponse,
} from '@isthmus/proto/isthmus/attestation/v1/log.js';
import type { AttestationContext } from '../attestation-context.js';
import { newestCheckpoint } from '../log/newest-checkpoint.js';
import { treeReader } from '../store/log-store.js';
import { requireTreeSize } from './tree-size.js';

/** `TransparencyLogService.GetConsistencyProof`. */
export function getConsistencyProofMethod(context: AttestationContext) {
  return async ({
    firstSize,
    secondSize,
  }: GetConsistencyProofRequest): Promise<GetConsistencyProofResponse> => {
    const { pool } = context.database;
    const second = requireTreeSize(secondSize, (await newestCheckpoint(pool)).treeSize);
    if (firstSize > second) {
      throw failure(
        'LOG_SIZE_OUT_OF_RANGE',
        `A tree of ${firstSize} entries is no beginning of one of ${second}. Give the smaller size first.`,
        { metadata: { treeSize: second.toString() } },
      );
    }
    const hashes = await context.telemetry.span('log.read', {}, () =>
      consistencyProof(firstSize, second, treeReader(pool)),
    );
    return { firstSize, secondSize: second, hashes: hashes.map((hash) => Buffer.from(hash)) };
  };
}
