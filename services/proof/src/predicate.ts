import type { AssuranceLevel, ProofMode } from './assurance.js';
import type { JsonObject, KernelProfile } from './program.js';
import type { Soundness } from './soundness.js';

/** Type of the predicate. A change of any meaning is a new version, since 0.x versions promise nothing to each other. */
export const proofOfLearningPredicateType = 'https://isthmus.dev/attestation/proof-of-learning/v0.1';

/** Digest in the form of in-toto. */
export interface Sha256Digest {
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
}

/** What an attestation does not say, however strong it is. */
export const nonClaims = [
  'DATA_QUALITY',
  'DATA_LICENCE',
  'NO_BACKDOOR_IN_DATA',
  'NO_OTHER_RUNS',
  'INDEPENDENCE_FROM_OTHER_MODELS',
  'CODE_REVIEW_OF_PROGRAM',
] as const;

/**
 * Proof of learning: this program, with these numbers, from this seed, on these inputs, gave the subjects. Everything is
 * stated as a positive fact, so that ignoring a member never turns a refusal into acceptance.
 */
export interface ProofOfLearning {
  readonly verifier: {
    /** URI of who verified. */
    readonly id: string;
    /** Version of the verifying software. */
    readonly version: string;
    /** Arithmetic that the replay ran on; equal to the manifest's. */
    readonly kernelProfile: KernelProfile;
  };
  readonly run: {
    /** 32 to 64 hexadecimal digits. */
    readonly id: string;
    readonly mode: ProofMode;
    /** C0, hexadecimal. */
    readonly manifestSha256: string;
    readonly proverKeyId: string;
    /** SHA-256 of the nonce, hexadecimal; null in `POSTHOC` mode. */
    readonly nonceSha256: string | null;
    /** Log index of the entry that announced the run, before the nonce was drawn. */
    readonly startLogIndex: number;
    /** Runs that this prover had announced before: restarts are visible. */
    readonly priorAttemptsByProver: number;
    /** RFC 3339 in UTC: announced, ended by the prover, decided. */
    readonly startedAt: string;
    readonly committedAt: string;
    readonly verifiedAt: string;
  };
  readonly program: {
    readonly name: string;
    readonly version: string;
    /** Of the bundled module. */
    readonly digest: Sha256Digest;
    /** When to stop is decided by the program, inside the replayed steps. */
    readonly stoppingRule: 'IN_PROGRAM';
    /** Every number of the plan, and SHA-256 of its canonical JSON. */
    readonly plan: JsonObject;
    readonly planSha256: string;
  };
  readonly inputs: {
    readonly records: readonly {
      readonly name: string;
      readonly size: number;
      /** Of the description object in the content-addressed store. */
      readonly digest: Sha256Digest;
      /** Merkle root over the records, hexadecimal. */
      readonly merkleRoot: string;
    }[];
    /** Models that the run read: the lineage. */
    readonly artefacts: readonly {
      readonly name: string;
      /** Of the file list. */
      readonly digest: Sha256Digest;
      /** Id of that model's attestation; null where it has none. */
      readonly attestationId: string | null;
    }[];
  };
  readonly trajectory: {
    readonly steps: number;
    readonly segmentSteps: number;
    readonly segments: number;
    readonly chainHeadSha256: string;
    /** Merkle root over the hashes of all states. */
    readonly statesRootSha256: string;
    readonly initialStateHash: string;
    readonly finalStateHash: string;
    /** The chain commits to the indices that every segment read, whatever their order is made of. */
    readonly reads: 'COMMITTED_PER_SEGMENT';
  };
  readonly verification: {
    readonly level: AssuranceLevel;
    readonly compare: 'EXACT' | 'TOLERANCE';
    readonly replayedSegments: number;
    readonly replayedAll: boolean;
    readonly soundness: Soundness;
  };
  readonly nonClaims: readonly string[];
}
