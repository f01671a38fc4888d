import {
  canonicalJson,
  type Json,
  type JsonObject,
  type Manifest,
  nonClaims,
  type ProofOfLearning,
  type RunStructure,
  replaySoundness,
  sha256Hex,
  toHex,
} from '@isthmus/proof';
import type { Commitment, Run } from './run.js';

/** Who verified, as the statement names it. */
export interface Verifier {
  /** URI. */
  readonly id: string;
  /** Version of the verifying software. */
  readonly version: string;
}

/**
 * What the attestation of an accepted run says. All of it follows from what is stored, and from the time of the
 * decision.
 *
 * @param structure the run's checked structure
 * @param last the last commitment
 * @param replayedSegments segments that were found equal bit for bit
 */
export function buildPredicate(
  verifier: Verifier,
  run: Run,
  structure: RunStructure,
  last: Commitment,
  replayedSegments: number,
  verifiedAtMs: number,
): ProofOfLearning {
  const { manifest } = structure;
  if (run.end === undefined || run.initialStateHash === undefined) throw new Error('The run has not ended');
  return {
    verifier: { ...verifier, kernelProfile: manifest.kernelProfile },
    run: {
      id: run.id,
      mode: run.mode,
      manifestSha256: run.manifestDigest,
      proverKeyId: run.proverKeyId,
      nonceSha256: run.mode === 'ONLINE' ? sha256Hex(run.nonce) : null,
      startLogIndex: Number(run.startLogIndex),
      priorAttemptsByProver: Number(run.priorAttempts),
      startedAt: instant(run.startedAtMs),
      committedAt: instant(run.end.atMs),
      verifiedAt: instant(verifiedAtMs),
    },
    program: programOf(manifest),
    inputs: inputsOf(manifest),
    trajectory: {
      steps: structure.steps,
      segmentSteps: manifest.plan.segmentSteps,
      segments: run.committedSegments,
      chainHeadSha256: toHex(structure.chainHead),
      statesRootSha256: toHex(structure.statesRoot),
      initialStateHash: toHex(run.initialStateHash),
      finalStateHash: toHex(last.stateHash),
      reads: 'COMMITTED_PER_SEGMENT',
    },
    verification: {
      level: 'L3_FULL',
      compare: 'EXACT',
      replayedSegments,
      replayedAll: replayedSegments === run.committedSegments,
      soundness: replaySoundness(run.committedSegments, replayedSegments),
    },
    nonClaims: [...nonClaims],
  };
}

function programOf({ program, plan }: Manifest): ProofOfLearning['program'] {
  return {
    name: program.name,
    version: program.version,
    digest: { sha256: program.digest },
    stoppingRule: 'IN_PROGRAM',
    plan: plan as unknown as JsonObject,
    planSha256: sha256Hex(canonicalJson(plan as unknown as Json)),
  };
}

function inputsOf({ inputs }: Manifest): ProofOfLearning['inputs'] {
  return {
    records: Object.entries(inputs.records).map(([name, { size, root, object }]) => ({
      name,
      size,
      digest: { sha256: object },
      merkleRoot: root,
    })),
    artefacts: Object.entries(inputs.artefacts).map(([name, { digest, attestationId }]) => ({
      name,
      digest: { sha256: digest },
      attestationId,
    })),
  };
}

function instant(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
