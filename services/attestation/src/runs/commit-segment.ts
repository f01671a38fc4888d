import { failure, type IsthmusError } from '@isthmus/chassis';
import { manifestDigest, parseManifest } from '@isthmus/proof';
import type { AttestationContext } from '../attestation-context.js';
import { admitCommitment, broken, sameCommitment } from '../domain/admit-commitment.js';
import type { Commitment, Run } from '../domain/run.js';
import { appendCommitment, findCommitment } from '../store/commitment-store.js';
import { findRun } from '../store/run-store.js';
import { announceChange } from './run-changes.js';

/**
 * Commits one segment. A commitment that is repeated word for word is acknowledged again, so a prover whose
 * connection broke sends on from wherever it likes.
 *
 * @returns number of segments that are durable now
 * @throws RUN_NOT_FOUND, RUN_STATE_CONFLICT, CHAIN_BROKEN
 */
export async function commitSegment(
  context: AttestationContext,
  runId: string,
  commitment: Commitment,
  initialStateHash: Uint8Array | undefined,
): Promise<number> {
  return context.database.transaction(async (transaction) => {
    const run = await findRun(transaction, runId, true);
    if (run === undefined) throw runNotFound(runId);
    if (commitment.segment < run.committedSegments) {
      const stored = await findCommitment(transaction, runId, commitment.segment);
      if (stored !== undefined && sameCommitment(stored, commitment)) return run.committedSegments;
      throw broken(run.committedSegments, `Segment ${commitment.segment} is committed with another content.`);
    }
    if (run.state !== 'TRAINING') throw stateConflict(run, 'TRAINING');
    admitCommitment(
      {
        commitment: manifestDigest(run.manifest),
        seed: run.seed,
        chainHead: run.chainHead,
        committedSegments: run.committedSegments,
        committedSteps: run.committedSteps,
        plan: parseManifest(run.manifest).plan,
      },
      commitment,
      initialStateHash,
    );
    await appendCommitment(transaction, runId, commitment, initialStateHash, context.clock.now());
    await announceChange(transaction, runId);
    return run.committedSegments + 1;
  });
}

/** The error for a run that is not there. */
export function runNotFound(runId: string): IsthmusError {
  return failure('RUN_NOT_FOUND', 'There is no such run. Check the id against ListRuns.', {
    metadata: { runId },
  });
}

/** The error for a call that comes too late. */
export function stateConflict(run: Run, needed: string): IsthmusError {
  return failure('RUN_STATE_CONFLICT', `The run is ${run.state}; the call needs one that is ${needed}.`, {
    metadata: { runId: run.id, state: run.state },
  });
}
