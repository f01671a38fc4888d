import { failure } from '@isthmus/chassis';
import {
  type Manifest,
  manifestDigest,
  manifestSigningBytes,
  ProofError,
  parseManifest,
  publicKeyId,
  verifySignature,
} from '@isthmus/proof';
import type { AdmissionLimits } from './admission-limits.js';
import type { ProofMode } from './run.js';

/** A run as its prover announces it. Hostile until {@link admitRun} has looked at it. */
export interface AnnouncedRun {
  readonly manifest: Uint8Array;
  /** ECDSA over the manifest's commitment, DER. */
  readonly signature: Uint8Array;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  readonly mode: ProofMode;
  /** Seed of a `POSTHOC` run; empty otherwise. */
  readonly seed: Uint8Array;
}

/** An announced run that was looked at. */
export interface AdmittedRun {
  readonly manifest: Manifest;
  /** C0, 32 bytes. */
  readonly commitment: Uint8Array;
}

/**
 * Checks all that a run's announcement says of itself: the manifest's form, the prover's signature, the limits of the
 * service.
 *
 * @throws MANIFEST_INVALID, SIGNATURE_INVALID, FIELD_INVALID
 */
export function admitRun(announced: AnnouncedRun, limits: AdmissionLimits): AdmittedRun {
  const manifest = readManifest(announced.manifest);
  const commitment = manifestDigest(announced.manifest);
  requireProver(announced, manifest, commitment);
  requireLimits(manifest, limits);
  requireSeed(announced);
  return { manifest, commitment };
}

/**
 * Checks that a run's program may be run here.
 * @param allowed SHA-256 of every program that may, hexadecimal
 * @throws PROGRAM_NOT_ALLOWED
 */
export function requireProgram({ program }: Manifest, allowed: ReadonlySet<string>): void {
  if (allowed.has(program.digest)) return;
  throw failure(
    'PROGRAM_NOT_ALLOWED',
    `The program ${program.name} with the digest ${program.digest} is not on the list of this service. Ask its operator to add the digest.`,
    { metadata: { digest: program.digest } },
  );
}

function readManifest(bytes: Uint8Array): Manifest {
  try {
    return parseManifest(bytes);
  } catch (cause) {
    if (!(cause instanceof ProofError)) throw cause;
    throw failure('MANIFEST_INVALID', `The manifest cannot be accepted: ${cause.message}.`, { cause });
  }
}

function requireProver(announced: AnnouncedRun, manifest: Manifest, commitment: Uint8Array): void {
  let valid: boolean;
  try {
    if (publicKeyId(announced.publicKey) !== manifest.proverKeyId) {
      throw failure(
        'SIGNATURE_INVALID',
        'The public key is not the one that the manifest names in proverKeyId. Send the key whose SHA-256 is there.',
      );
    }
    valid = verifySignature(announced.publicKey, manifestSigningBytes(commitment), announced.signature);
  } catch (cause) {
    if (!(cause instanceof ProofError)) throw cause;
    throw failure('SIGNATURE_INVALID', `The public key cannot be used: ${cause.message}.`, { cause });
  }
  if (!valid) {
    throw failure(
      'SIGNATURE_INVALID',
      'The signature over the manifest does not verify. Sign the bytes of docs/proof-formats.md with the key of proverKeyId.',
    );
  }
}

function requireLimits({ plan }: Manifest, limits: AdmissionLimits): void {
  const segments = Math.ceil(plan.maxSteps / plan.segmentSteps);
  const checks: readonly (readonly [member: string, value: number, limit: number])[] = [
    ['plan.maxSteps', plan.maxSteps, limits.maxSteps],
    ['plan.maxSteps / plan.segmentSteps', segments, limits.maxSegments],
  ];
  for (const [member, value, limit] of checks) {
    if (value > limit) {
      throw failure('MANIFEST_INVALID', `${member} is ${value}; this service takes at most ${limit}.`, {
        metadata: { member, limit: String(limit) },
      });
    }
  }
}

function requireSeed({ mode, seed }: AnnouncedRun): void {
  const expected = mode === 'POSTHOC' ? 32 : 0;
  if (seed.length !== expected) {
    throw failure(
      'FIELD_INVALID',
      mode === 'POSTHOC'
        ? 'A POSTHOC run brings a seed of 32 bytes.'
        : 'An ONLINE run brings no seed: it gets one.',
      { metadata: { field: 'seed', rule: 'bytes.len' } },
    );
  }
}
