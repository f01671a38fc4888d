import { formatVerifierKey } from '@isthmus/proof';
import type { GetLogCheckpointResponse } from '@isthmus/proto/isthmus/attestation/v1/log.js';
import type { AttestationContext } from '../attestation-context.js';
import { newestCheckpoint } from '../log/newest-checkpoint.js';

/** `TransparencyLogService.GetLogCheckpoint`. */
export function getLogCheckpointMethod(context: AttestationContext) {
  return async (): Promise<GetLogCheckpointResponse> => {
    const { note, treeSize, rootHash } = await newestCheckpoint(context.database.pool);
    return {
      checkpoint: note,
      treeSize,
      rootHash: Buffer.from(rootHash),
      verifierKey: formatVerifierKey(context.logSigner),
    };
  };
}
