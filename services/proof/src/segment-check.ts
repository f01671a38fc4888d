import { equalBytes, toHex } from './bytes.js';
import { readsDigest } from './chain.js';
import type { TrainingState } from './program.js';
import { ProofError } from './proof-error.js';
import type { SegmentResult, SegmentRunner } from './segment-runner.js';
import { decodeState, encodeState, type StateLimits } from './state.js';
import { stateDifference } from './state-difference.js';
import { stateHash } from './state-hash.js';

/**
 * Kind of a failure that is the prover's doing.
 *
 * - `MALFORMED` — bytes that do not decode
 * - `BINDING` — bytes that are not those that were committed to
 * - `REPLAY_MISMATCH` — the program computes something else from the committed state
 */
export type ReplayFailureClass = 'MALFORMED' | 'BINDING' | 'REPLAY_MISMATCH';

/** What a prover claims of one segment, with the states opened. */
export interface SegmentClaim {
  /** Index of the segment, from 0. */
  readonly segment: number;
  /** Whether it is the last one, after which the program must have finished, and before which it must not. */
  readonly last: boolean;
  /** Encoded state before it, and the committed hash of that. */
  readonly before: Uint8Array;
  readonly beforeHash: Uint8Array;
  /** Committed hash of the state after it. */
  readonly afterHash: Uint8Array;
  /** Encoded state after it, where it was kept: only evidence needs it, the hash decides. */
  readonly after?: Uint8Array;
  /** Committed digest of what it read. */
  readonly readsDigest: Uint8Array;
  /** Committed number of steps. */
  readonly steps: number;
}

/** Why a segment was refused: enough for the prover or anybody else to look into it. */
export interface SegmentEvidence {
  readonly segment: number;
  readonly failureClass: ReplayFailureClass;
  readonly problem: string;
  /** First tensor that differs; null where no states could be compared or none differs. */
  readonly firstDifferentTensor: string | null;
  /** Committed and computed hash of the state after the segment, hexadecimal; null where there is none. */
  readonly expectedHash: string;
  readonly gotHash: string | null;
  /** Distances of the two states; null where they could not be compared. */
  readonly l2: number | null;
  readonly linf: number | null;
}

/** A segment that held, with the state that was computed, or the evidence against it. */
export type SegmentVerdict =
  | { readonly held: true; readonly encodedState: Uint8Array }
  | { readonly held: false; readonly evidence: SegmentEvidence };

/**
 * Replays one segment from its committed state and compares bytes.
 *
 * What a program throws counts against the prover, whose state made it throw, except for a RangeError or a trap of
 * WebAssembly: these may come from this machine's limits, so they are passed on and the caller abstains.
 */
export function checkSegment(
  runner: SegmentRunner,
  claim: SegmentClaim,
  limits: StateLimits = {},
): SegmentVerdict {
  if (!equalBytes(stateHash(claim.before), claim.beforeHash)) {
    return refuse(claim, 'BINDING', 'the state before the segment is not the committed one');
  }
  let before: TrainingState;
  try {
    before = decodeState(claim.before, limits);
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    return refuse(claim, 'MALFORMED', error.message);
  }
  let result: SegmentResult;
  let encodedState: Uint8Array;
  try {
    result = runner.run(before);
    encodedState = encodeState(result.state);
  } catch (error) {
    if (isResourceFailure(error)) throw error;
    return refuse(claim, 'REPLAY_MISMATCH', `the program refused the state: ${messageOf(error)}`);
  }
  const hash = stateHash(encodedState);
  if (!equalBytes(hash, claim.afterHash)) return differentState(claim, result.state, hash, limits);
  if (result.steps !== claim.steps) {
    return refuse(
      claim,
      'REPLAY_MISMATCH',
      `it has ${result.steps} steps, committed are ${claim.steps}`,
      hash,
    );
  }
  if (!equalBytes(readsDigest(result.reads), claim.readsDigest)) {
    return refuse(claim, 'REPLAY_MISMATCH', 'it reads other records than those committed to', hash);
  }
  if (result.finished !== claim.last) {
    const problem = claim.last
      ? 'the program has not finished after it'
      : 'the program has finished after it';
    return refuse(claim, 'REPLAY_MISMATCH', problem, hash);
  }
  return { held: true, encodedState };
}

/** Computes the first state and compares its hash with the committed one. Throws as {@link checkSegment} does. */
export function checkInitialState(runner: SegmentRunner, committedHash: Uint8Array): SegmentVerdict {
  const claim = { segment: 0, afterHash: committedHash };
  let encodedState: Uint8Array;
  try {
    encodedState = encodeState(runner.initialize());
  } catch (error) {
    if (isResourceFailure(error)) throw error;
    return refuse(claim, 'REPLAY_MISMATCH', `the program does not initialize: ${messageOf(error)}`);
  }
  const hash = stateHash(encodedState);
  if (equalBytes(hash, committedHash)) return { held: true, encodedState };
  return refuse(claim, 'REPLAY_MISMATCH', 'the first state does not follow from manifest and seed', hash);
}

function differentState(
  claim: SegmentClaim,
  got: TrainingState,
  gotHash: Uint8Array,
  limits: StateLimits,
): SegmentVerdict {
  const expected = openedState(claim, limits);
  const difference = expected && stateDifference(expected, got);
  if (difference === undefined)
    return refuse(claim, 'REPLAY_MISMATCH', 'the state after it differs', gotHash);
  const verdict = refuse(
    claim,
    'REPLAY_MISMATCH',
    `the state after it differs, first in ${difference.first}`,
    gotHash,
  );
  const { firstDifferentTensor, l2, linf } = difference;
  return { held: false, evidence: { ...verdict.evidence, firstDifferentTensor, l2, linf } };
}

/** The committed state after the segment, where it was given and is really that. */
function openedState({ after, afterHash }: SegmentClaim, limits: StateLimits): TrainingState | undefined {
  if (after === undefined || !equalBytes(stateHash(after), afterHash)) return undefined;
  try {
    return decodeState(after, limits);
  } catch {
    return undefined;
  }
}

function refuse(
  claim: Pick<SegmentClaim, 'segment' | 'afterHash'>,
  failureClass: ReplayFailureClass,
  problem: string,
  gotHash?: Uint8Array,
): { readonly held: false; readonly evidence: SegmentEvidence } {
  return {
    held: false,
    evidence: {
      segment: claim.segment,
      failureClass,
      problem,
      firstDifferentTensor: null,
      expectedHash: toHex(claim.afterHash),
      gotHash: gotHash === undefined ? null : toHex(gotHash),
      l2: null,
      linf: null,
    },
  };
}

function isResourceFailure(error: unknown): boolean {
  const name =
    error instanceof Error || typeof error === 'object' ? (error as Error | null)?.name : undefined;
  return name === 'RangeError' || name === 'RuntimeError';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
