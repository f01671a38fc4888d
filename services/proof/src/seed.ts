import { hkdfSync } from 'node:crypto';
import { concatBytes, fromHex, toUtf8 } from './bytes.js';
import { hashSizeBytes, taggedHash } from './hash.js';

/**
 * Nonce of an `ONLINE` run: `SHA-256("pol/nonce/v1" || 0x00 || signed checkpoint)`, 32 bytes. The checkpoint is the
 * whole signed note in UTF-8, of a tree that already holds the run's START entry, so the manifest came first.
 */
export function nonceFromCheckpoint(signedCheckpoint: string): Uint8Array {
  return taggedHash('pol/nonce/v1', toUtf8(signedCheckpoint, 'CHECKPOINT_MALFORMED'));
}

/** What a seed is derived from. */
export interface SeedSource {
  /** 32 bytes of {@link nonceFromCheckpoint}. */
  readonly nonce: Uint8Array;
  /** C0 of the manifest, 32 bytes. */
  readonly manifestDigest: Uint8Array;
  /** SHA-256 of the prover's SubjectPublicKeyInfo, hexadecimal. */
  readonly proverKeyId: string;
}

/**
 * Seed of a run, 32 bytes: HKDF-SHA256 (RFC 5869) with the nonce as key material, C0 as salt and
 * `"pol/seed/v1" || 0x00 || prover key id (32 bytes)` as info. The prover's key is in it, so the transcript of one
 * prover is no proof in the hands of another.
 */
export function deriveSeed({ nonce, manifestDigest, proverKeyId }: SeedSource): Uint8Array {
  const info = concatBytes(asciiTag('pol/seed/v1'), fromHex(proverKeyId, 'MANIFEST_INVALID'));
  return hkdf(nonce, manifestDigest, info);
}

/**
 * Key of one generator of a program, 32 bytes: HKDF-SHA256 with the seed as key material, no salt and
 * `"pol/key/v1" || 0x00 || purpose` as info. Give each use a purpose of its own: `init`, `order`, `dropout`.
 */
export function deriveKey(seed: Uint8Array, purpose: string): Uint8Array {
  return hkdf(
    seed,
    new Uint8Array(0),
    concatBytes(asciiTag('pol/key/v1'), toUtf8(purpose, 'PROGRAM_INVALID')),
  );
}

function hkdf(keyMaterial: Uint8Array, salt: Uint8Array, info: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', keyMaterial, salt, info, hashSizeBytes));
}

function asciiTag(tag: string): Uint8Array {
  return new Uint8Array(Buffer.from(`${tag}\0`, 'ascii'));
}
