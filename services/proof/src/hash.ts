import { createHash, hash } from 'node:crypto';
import { toHex } from './bytes.js';

/** Size of every hash here, in bytes. */
export const hashSizeBytes = 32;

/** SHA-256, 32 bytes. */
export function sha256(data: Uint8Array): Uint8Array {
  return new Uint8Array(hash('sha256', data, 'buffer'));
}

/** SHA-256 as 64 lower-case hexadecimal digits: the name of an object in the content-addressed store. */
export function sha256Hex(data: Uint8Array): string {
  return toHex(sha256(data));
}

/**
 * SHA-256 over the tag in ASCII, one zero byte, and the parts one after the other. The zero byte keeps any tag from
 * being the beginning of another, and callers give parts whose borders are fixed, so no two meanings share an input.
 */
export function taggedHash(tag: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const state = createHash('sha256').update(tag, 'ascii').update(zeroByte);
  for (const part of parts) state.update(part);
  return new Uint8Array(state.digest());
}

const zeroByte = new Uint8Array(1);
