import type { AssuranceLevel, ProofMode } from './assurance.js';
import { equalBytes, toHex } from './bytes.js';
import { canonicalJson } from './canonical-json.js';
import { sha256Hex } from './hash.js';
import { nonClaims, type ProofOfLearning } from './predicate.js';
import type { Json, JsonObject, KernelProfile } from './program.js';
import { ProofError } from './proof-error.js';
import type { RunStructure } from './run-structure.js';
import { replaySoundness } from './soundness.js';

/** What a verifier knows of a run that it accepted, besides the run's own structure. */
export interface VerifiedRun {
  readonly structure: RunStructure;
  /** 32 to 64 hexadecimal digits. */
  readonly runId: string;
  readonly mode: ProofMode;
  /** The nonce of an `ONLINE` run, 32 bytes; null in `POSTHOC` mode. */
  readonly nonce: Uint8Array | null;
  /** Log index of the START entry. */
  readonly startLogIndex: number;
  readonly priorAttemptsByProver: number;
  /** Unix times in milliseconds. */
  readonly startedAtMs: number;
  readonly committedAtMs: number;
  readonly verifiedAtMs: number;
  readonly verifierId: string;
  readonly verifierVersion: string;
  /** Of the replay workers. Must equal the manifest's. */
  readonly kernelProfile: KernelProfile;
  readonly level: AssuranceLevel;
  /** Segments replayed and compared bit for bit. */
  readonly replayedSegments: number;
}

/**
 * The predicate about a run that was accepted: everything that the manifest and the commitments say is taken from them.
 * Throws `RUN_STRUCTURE` where the replay ran on another kernel profile.
 */
export function buildPredicate(run: VerifiedRun): ProofOfLearning {
  const { manifest } = run.structure;
  if (!equalBytes(json(run.kernelProfile), json(manifest.kernelProfile))) {
    throw new ProofError('RUN_STRUCTURE', 'the replay ran on another kernel profile than the run');
  }
  return {
    verifier: { id: run.verifierId, version: run.verifierVersion, kernelProfile: run.kernelProfile },
    run: {
      id: run.runId,
      mode: run.mode,
      manifestSha256: toHex(run.structure.manifestDigest),
      proverKeyId: manifest.proverKeyId,
      nonceSha256: run.nonce === null ? null : sha256Hex(run.nonce),
      startLogIndex: run.startLogIndex,
      priorAttemptsByProver: run.priorAttemptsByProver,
      startedAt: timestamp(run.startedAtMs),
      committedAt: timestamp(run.committedAtMs),
      verifiedAt: timestamp(run.verifiedAtMs),
    },
    program: {
      name: manifest.program.name,
      version: manifest.program.version,
      digest: { sha256: manifest.program.digest },
      stoppingRule: 'IN_PROGRAM',
      plan: manifest.plan as unknown as JsonObject,
      planSha256: sha256Hex(json(manifest.plan)),
    },
    inputs: inputsOf(run.structure),
    trajectory: {
      steps: run.structure.steps,
      segmentSteps: manifest.plan.segmentSteps,
      segments: run.structure.segments,
      chainHeadSha256: toHex(run.structure.chainHead),
      statesRootSha256: toHex(run.structure.statesRoot),
      initialStateHash: toHex(run.structure.initialStateHash),
      finalStateHash: toHex(run.structure.finalStateHash),
      reads: 'COMMITTED_PER_SEGMENT',
    },
    verification: {
      level: run.level,
      compare: run.level === 'L1_LEGACY_TOLERANCE' ? 'TOLERANCE' : 'EXACT',
      replayedSegments: run.replayedSegments,
      replayedAll: run.replayedSegments === run.structure.segments,
      soundness: replaySoundness(run.structure.segments, run.replayedSegments),
    },
    nonClaims,
  };
}

function inputsOf({ manifest }: RunStructure): ProofOfLearning['inputs'] {
  const { records, artefacts } = manifest.inputs;
  return {
    records: Object.keys(records)
      .sort()
      .map((name) => {
        const { size, root, object } = records[name] as (typeof records)[string];
        return { name, size, digest: { sha256: object }, merkleRoot: root };
      }),
    artefacts: Object.keys(artefacts)
      .sort()
      .map((name) => {
        const { digest, attestationId } = artefacts[name] as (typeof artefacts)[string];
        return { name, digest: { sha256: digest }, attestationId };
      }),
  };
}

/** RFC 3339 in UTC. */
function timestamp(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

function json(value: unknown): Uint8Array {
  return canonicalJson(value as Json);
}
