import { equalBytes } from './bytes.js';
import { chainNext, chainStart } from './chain.js';
import { merkleRoot } from './compact-tree.js';
import { hashSizeBytes } from './hash.js';
import { type Manifest, manifestDigest, parseManifest } from './manifest.js';
import { leafHash } from './merkle-hash.js';
import { ProofError } from './proof-error.js';
import { deriveSeed } from './seed.js';
import type { SegmentCommitment } from './segment-runner.js';

/** A finished run as its prover committed to it, without any state. */
export interface RunTranscript {
  readonly manifestBytes: Uint8Array;
  /** The nonce of an `ONLINE` run, or the seed of a `POSTHOC` one; 32 bytes. */
  readonly origin: { readonly nonce: Uint8Array } | { readonly seed: Uint8Array };
  /** Hash of the state before segment 0, 32 bytes. */
  readonly initialStateHash: Uint8Array;
  /** One for each segment, in their order. */
  readonly segments: readonly SegmentCommitment[];
}

/** What the structure of a run fixes. */
export interface RunStructure {
  readonly manifest: Manifest;
  /** C0, 32 bytes. */
  readonly manifestDigest: Uint8Array;
  /** 32 bytes. */
  readonly seed: Uint8Array;
  /** Steps of all segments. */
  readonly steps: number;
  /** Number of segments. */
  readonly segments: number;
  /** Hash of the first and of the last state, 32 bytes each. */
  readonly initialStateHash: Uint8Array;
  readonly finalStateHash: Uint8Array;
  /** Chain value after the last segment, 32 bytes. */
  readonly chainHead: Uint8Array;
  /** Merkle root over the hashes of all states, the first one included, 32 bytes. */
  readonly statesRoot: Uint8Array;
}

/**
 * Checks all that can be checked of a run without replaying it: manifest, seed, every link of the chain, the number of
 * segments and their steps. Throws `MANIFEST_INVALID`, `CHAIN_MISMATCH` or `RUN_STRUCTURE`.
 */
export function verifyRunStructure(transcript: RunTranscript): RunStructure {
  const manifest = parseManifest(transcript.manifestBytes);
  const commitment = manifestDigest(transcript.manifestBytes);
  const seed = seedOf(transcript, manifest, commitment);
  const steps = checkedSteps(manifest, transcript.segments);
  let chain = chainStart(commitment, seed, transcript.initialStateHash);
  transcript.segments.forEach((segment, index) => {
    chain = chainNext(chain, segment.stateHash, segment.readsDigest);
    if (!equalBytes(chain, segment.chain)) {
      throw new ProofError(
        'CHAIN_MISMATCH',
        `the chain value after segment ${index} does not follow from the one before`,
      );
    }
  });
  return {
    manifest,
    manifestDigest: commitment,
    seed,
    steps,
    segments: transcript.segments.length,
    initialStateHash: transcript.initialStateHash,
    finalStateHash: transcript.segments.at(-1)?.stateHash as Uint8Array,
    chainHead: chain,
    statesRoot: statesRoot(transcript),
  };
}

function seedOf({ origin }: RunTranscript, { proverKeyId }: Manifest, commitment: Uint8Array): Uint8Array {
  const given = 'seed' in origin ? origin.seed : origin.nonce;
  if (given.length !== hashSizeBytes) {
    throw new ProofError(
      'RUN_STRUCTURE',
      `nonce and seed have ${hashSizeBytes} bytes, given are ${given.length}`,
    );
  }
  if ('seed' in origin) return origin.seed;
  return deriveSeed({ nonce: origin.nonce, manifestDigest: commitment, proverKeyId });
}

function checkedSteps({ plan }: Manifest, segments: readonly SegmentCommitment[]): number {
  if (segments.length === 0) throw new ProofError('RUN_STRUCTURE', 'a run has at least one segment');
  let steps = 0;
  segments.forEach((segment, index) => {
    const last = index === segments.length - 1;
    const fits = last
      ? segment.steps >= 1 && segment.steps <= plan.segmentSteps
      : segment.steps === plan.segmentSteps;
    if (!fits || !Number.isInteger(segment.steps)) {
      throw new ProofError(
        'RUN_STRUCTURE',
        `segment ${index} has ${segment.steps} steps, planned are ${plan.segmentSteps}`,
      );
    }
    steps += segment.steps;
  });
  if (steps > plan.maxSteps) {
    throw new ProofError('RUN_STRUCTURE', `the run has ${steps} steps, planned are at most ${plan.maxSteps}`);
  }
  return steps;
}

function statesRoot({ initialStateHash, segments }: RunTranscript): Uint8Array {
  return merkleRoot([initialStateHash, ...segments.map((segment) => segment.stateHash)].map(leafHash));
}
