import { merkleRoot } from './compact-tree.js';
import { leafHash } from './merkle-hash.js';

/** Bytes of a chunk of an encoded state: one leaf of the state's tree. */
export const stateChunkBytes = 65_536;

/**
 * Hash of an encoded state: the Merkle tree hash (RFC 6962) over its chunks of 64 KiB, the last one shorter, so that
 * a dispute can open a range of a tensor without the whole state. 32 bytes.
 */
export function stateHash(encoded: Uint8Array): Uint8Array {
  return merkleRoot(chunkHashes(encoded));
}

function* chunkHashes(encoded: Uint8Array): Generator<Uint8Array> {
  for (let offset = 0; offset < encoded.length; offset += stateChunkBytes) {
    yield leafHash(encoded.subarray(offset, offset + stateChunkBytes));
  }
}
