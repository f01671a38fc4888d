import { toHex } from '../bytes.js';
import { canonicalJson } from '../canonical-json.js';
import { sha256Hex } from '../hash.js';
import { nonClaims, type ProofOfLearning } from '../predicate.js';
import type { Json, JsonObject } from '../program.js';
import type { RunStructure } from '../run-structure.js';
import { replaySoundness } from '../soundness.js';

/** What an attestation of the toy run says: every member of the predicate with a value that a test can change. */
export function toyPredicate(structure: RunStructure, runId: string, nonce: Uint8Array): ProofOfLearning {
  const { manifest, segments } = structure;
  return {
    verifier: {
      id: 'https://isthmus.dev/verifier/golden',
      version: '0.1.0',
      kernelProfile: manifest.kernelProfile,
    },
    run: {
      id: runId,
      mode: 'ONLINE',
      manifestSha256: toHex(structure.manifestDigest),
      proverKeyId: manifest.proverKeyId,
      nonceSha256: sha256Hex(nonce),
      startLogIndex: 0,
      priorAttemptsByProver: 0,
      startedAt: '2026-11-24T06:00:00.000Z',
      committedAt: '2026-11-24T06:00:01.000Z',
      verifiedAt: '2026-11-24T06:00:02.000Z',
    },
    program: {
      name: manifest.program.name,
      version: manifest.program.version,
      digest: { sha256: manifest.program.digest },
      stoppingRule: 'IN_PROGRAM',
      plan: manifest.plan as unknown as JsonObject,
      planSha256: sha256Hex(canonicalJson(manifest.plan as unknown as Json)),
    },
    inputs: {
      records: Object.entries(manifest.inputs.records).map(([name, { size, object, root }]) => ({
        name,
        size,
        digest: { sha256: object },
        merkleRoot: root,
      })),
      artefacts: [{ name: 'base', digest: { sha256: '33'.repeat(32) }, attestationId: null }],
    },
    trajectory: {
      steps: structure.steps,
      segmentSteps: manifest.plan.segmentSteps,
      segments,
      chainHeadSha256: toHex(structure.chainHead),
      statesRootSha256: toHex(structure.statesRoot),
      initialStateHash: toHex(structure.initialStateHash),
      finalStateHash: toHex(structure.finalStateHash),
      reads: 'COMMITTED_PER_SEGMENT',
    },
    verification: {
      level: 'L3_FULL',
      compare: 'EXACT',
      replayedSegments: segments,
      replayedAll: true,
      soundness: replaySoundness(segments, segments),
    },
    nonClaims,
  };
}
