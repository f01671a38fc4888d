import * as proto from '@isthmus/proto/isthmus/attestation/v1/run.js';
import { Assurance } from '@isthmus/proto/isthmus/model/v1/model.js';
import type { ProofMode, Run, RunReport } from '../domain/run.js';
import type { RunState } from '../domain/run-state.js';
import type { Verdict } from '../domain/verdict.js';

/** A run that nothing has come of yet, as the contract has it. */
export function encodeRun(run: Run): proto.Run {
  return encodeRunReport({ run, replayedSegments: 0, verdict: undefined, attestationId: undefined });
}

/** A run with what has come of it, as the contract has it. */
export function encodeRunReport({ run, replayedSegments, verdict, attestationId }: RunReport): proto.Run {
  return {
    id: run.id,
    state: states[run.state],
    mode: encodeMode(run.mode),
    manifestDigest: run.manifestDigest,
    proverKeyId: run.proverKeyId,
    committedSegments: BigInt(run.committedSegments),
    replayedSegments: BigInt(replayedSegments),
    startLogIndex: run.startLogIndex,
    priorAttempts: run.priorAttempts,
    verdict: verdict && encodeVerdict(verdict),
    attestationId: attestationId ?? '',
    startedAtMs: BigInt(run.startedAtMs),
    finishedAtMs: BigInt(run.end?.atMs ?? 0),
    decidedAtMs: BigInt(run.decidedAtMs ?? 0),
  };
}

/** The mode as the contract has it. */
export function encodeMode(mode: ProofMode): proto.ProofMode {
  return mode === 'ONLINE' ? proto.ProofMode.PROOF_MODE_ONLINE : proto.ProofMode.PROOF_MODE_POSTHOC;
}

function encodeVerdict({ decision, failure, replayedSegments, totalSegments }: Verdict): proto.Verdict {
  const evidence = failure?.evidence === undefined ? '' : ` (evidence: object ${failure.evidence})`;
  return {
    accepted: decision === 'ACCEPT',
    assurance: decision === 'ACCEPT' ? Assurance.ASSURANCE_L3_FULL : Assurance.ASSURANCE_NONE,
    failureClass: failure?.class ?? '',
    failure: failure === undefined ? '' : failure.message + evidence,
    failedSegment: failure?.segment === undefined ? undefined : BigInt(failure.segment),
    replayedSegments: BigInt(replayedSegments),
    totalSegments: BigInt(totalSegments),
  };
}

const states: Readonly<Record<RunState, proto.RunState>> = {
  TRAINING: proto.RunState.RUN_STATE_TRAINING,
  COMMITTED: proto.RunState.RUN_STATE_COMMITTED,
  REPLAYING: proto.RunState.RUN_STATE_REPLAYING,
  ATTESTED: proto.RunState.RUN_STATE_ATTESTED,
  REJECTED: proto.RunState.RUN_STATE_REJECTED,
  ABSTAINED: proto.RunState.RUN_STATE_ABSTAINED,
  EXPIRED: proto.RunState.RUN_STATE_EXPIRED,
};
