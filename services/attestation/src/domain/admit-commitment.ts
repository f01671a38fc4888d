import { failure, type IsthmusError } from '@isthmus/chassis';
import { chainNext, chainStart, equalBytes } from '@isthmus/proof';
import type { Commitment } from './run.js';

/** Where a run's chain stands. */
export interface ChainPosition {
  /** C0, 32 bytes. */
  readonly commitment: Uint8Array;
  readonly seed: Uint8Array;
  /** Value after the last committed segment; undefined before segment 0. */
  readonly chainHead: Uint8Array | undefined;
  readonly committedSegments: number;
  readonly committedSteps: number;
  /** Steps of a whole segment and bound on all steps, from the manifest's plan. */
  readonly plan: { readonly segmentSteps: number; readonly maxSteps: number };
}

/**
 * Checks that a commitment continues the chain: the next segment, after whole segments only, with the chain value that
 * follows from the one before.
 *
 * @param initialStateHash hash of the state before segment 0; undefined with every other segment
 * @throws CHAIN_BROKEN with `nextSegment`
 */
export function admitCommitment(
  position: ChainPosition,
  commitment: Commitment,
  initialStateHash: Uint8Array | undefined,
): void {
  const next = position.committedSegments;
  if (commitment.segment !== next) {
    throw broken(next, `Segment ${commitment.segment} does not come next; segment ${next} does.`);
  }
  if ((initialStateHash === undefined) !== next > 0) {
    throw broken(next, 'initial_state_hash is given with segment 0 and with no other.');
  }
  requireSteps(position, commitment);
  const before = position.chainHead ?? firstValue(position, initialStateHash);
  if (!equalBytes(chainNext(before, commitment.stateHash, commitment.readsDigest), commitment.chain)) {
    throw broken(next, `The chain value of segment ${next} does not follow from the one before it.`);
  }
}

/** Whether a repeated commitment says the same as the stored one. */
export function sameCommitment(a: Commitment, b: Commitment): boolean {
  return (
    a.segment === b.segment &&
    a.steps === b.steps &&
    a.stateObject === b.stateObject &&
    equalBytes(a.stateHash, b.stateHash) &&
    equalBytes(a.readsDigest, b.readsDigest) &&
    equalBytes(a.chain, b.chain)
  );
}

/** The error that tells a prover where to go on. */
export function broken(nextSegment: number, message: string): IsthmusError {
  return failure('CHAIN_BROKEN', `${message} Resume from segment ${nextSegment}.`, {
    metadata: { nextSegment: String(nextSegment) },
  });
}

function requireSteps(
  { committedSegments, committedSteps, plan }: ChainPosition,
  { steps }: Commitment,
): void {
  if (committedSteps !== committedSegments * plan.segmentSteps) {
    throw broken(
      committedSegments,
      'Only the last segment may be shorter than plan.segmentSteps, and it is committed.',
    );
  }
  if (steps > plan.segmentSteps || committedSteps + steps > plan.maxSteps) {
    throw broken(committedSegments, `A segment of ${steps} steps is more than the plan allows here.`);
  }
}

function firstValue(position: ChainPosition, initialStateHash: Uint8Array | undefined): Uint8Array {
  if (initialStateHash?.length !== 32) throw broken(0, 'initial_state_hash must have 32 bytes.');
  return chainStart(position.commitment, position.seed, initialStateHash);
}
