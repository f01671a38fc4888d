import { createHash } from 'node:crypto';
import { concatBytes } from './bytes.js';
import { sha256 } from './hash.js';

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

/** Hash of a leaf: SHA-256(0x00 || data), RFC 6962 section 2.1. */
export function leafHash(data: Uint8Array): Uint8Array {
  // Above a few kilobytes, feeding twice costs less than copying once.
  if (data.length < 4096) return sha256(concatBytes(leafPrefix, data));
  return new Uint8Array(createHash('sha256').update(leafPrefix).update(data).digest());
}

/** Hash of an inner node: SHA-256(0x01 || left || right), RFC 6962 section 2.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concatBytes(nodePrefix, left, right));
}

/** Root of the tree without leaves: SHA-256 of nothing. */
export function emptyRoot(): Uint8Array {
  return sha256(new Uint8Array(0));
}
