import type { FileEntry } from '@isthmus/proof';
import type { RunState } from './run-state.js';
import type { Verdict } from './verdict.js';

/** Whether the nonce came before the training. */
export type ProofMode = 'ONLINE' | 'POSTHOC';

/** What the prover said at the end of a run. */
interface StoredRunEnd {
  /** The exported files, ascending by name. */
  readonly files: readonly FileEntry[];
  /** SHA-256 of the file list, hexadecimal. */
  readonly modelDigest: string;
  /** Index of the log entry that ends the commitments. */
  readonly logIndex: bigint;
  readonly atMs: number;
}

/** A training run as it is stored. Digests are hexadecimal, hashes are 32 bytes. */
export interface Run {
  readonly id: string;
  readonly state: RunState;
  readonly mode: ProofMode;
  /** The manifest as it was received, canonical JSON. */
  readonly manifest: Uint8Array;
  readonly manifestDigest: string;
  readonly proverKeyId: string;
  /** SubjectPublicKeyInfo, DER. */
  readonly proverPublicKey: Uint8Array;
  readonly startLogIndex: bigint;
  /** The signed checkpoint that the nonce was drawn from. */
  readonly startCheckpoint: string;
  readonly nonce: Uint8Array;
  readonly seed: Uint8Array;
  readonly priorAttempts: bigint;
  /** Hash of the state before segment 0; undefined until segment 0 is committed. */
  readonly initialStateHash: Uint8Array | undefined;
  /** Chain value after the last committed segment; undefined until segment 0 is committed. */
  readonly chainHead: Uint8Array | undefined;
  readonly committedSegments: number;
  readonly committedSteps: number;
  readonly startedAtMs: number;
  /** Time of the last call that changed the run. */
  readonly activeAtMs: number;
  readonly end: StoredRunEnd | undefined;
  readonly decidedAtMs: number | undefined;
}

/** A run with what has come of it, for readers. */
export interface RunReport {
  readonly run: Run;
  readonly replayedSegments: number;
  readonly verdict: Verdict | undefined;
  readonly attestationId: string | undefined;
}

/** One committed segment. Segment i leads from state i to state i + 1. */
export interface Commitment {
  readonly segment: number;
  /** Hash of the full state after the segment, 32 bytes. */
  readonly stateHash: Uint8Array;
  /** Digest of the record indices that the segment read, 32 bytes. */
  readonly readsDigest: Uint8Array;
  /** Chain value after the segment, 32 bytes. */
  readonly chain: Uint8Array;
  /** SHA-256 of the encoded state after the segment, hexadecimal; undefined where the prover keeps none. */
  readonly stateObject: string | undefined;
  /** Steps of the program inside the segment, at least 1. */
  readonly steps: number;
}
