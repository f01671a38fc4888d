import {
  chainNext,
  encodeState,
  readsDigest,
  type SegmentReads,
  stateHash,
  type TrainingState,
} from '@isthmus/proof';

/** The commitment to a segment and the state that it ends in. */
export interface RecordedSegment {
  /** The encoded state after the segment. */
  readonly encoded: Uint8Array;
  /** Hashes, 32 bytes each. */
  readonly stateHash: Uint8Array;
  readonly readsDigest: Uint8Array;
  readonly chain: Uint8Array;
}

/** Commits to the state after a segment and to the records that it read. Throws a `ProofError` on a state that is not finite. */
export function recordSegment(chain: Uint8Array, state: TrainingState, reads: SegmentReads): RecordedSegment {
  const encoded = encodeState(state);
  const hash = stateHash(encoded);
  const digest = readsDigest(reads);
  return { encoded, stateHash: hash, readsDigest: digest, chain: chainNext(chain, hash, digest) };
}
