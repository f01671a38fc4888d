import { ByteWriter } from './byte-writer.js';
import { toUtf8 } from './bytes.js';
import { hashSizeBytes, taggedHash } from './hash.js';
import { ProofError } from './proof-error.js';

/** Indices that a segment read, in their order, by name of the data set. */
export type SegmentReads = ReadonlyMap<string, Uint32Array | readonly number[]>;

/** First value of the chain: `SHA-256("pol/chain/v1" || 0x00 || C0 || seed || hash of the first state)`, 32 bytes. */
export function chainStart(
  manifestDigest: Uint8Array,
  seed: Uint8Array,
  initialStateHash: Uint8Array,
): Uint8Array {
  return link(manifestDigest, seed, initialStateHash);
}

/**
 * Value of the chain after a segment: `SHA-256("pol/chain/v1" || 0x00 || chain before || state hash after || reads
 * digest)`, 32 bytes. Equal values mean equal histories, so a dispute can search them by halves.
 */
export function chainNext(
  chain: Uint8Array,
  stateHash: Uint8Array,
  segmentReadsDigest: Uint8Array,
): Uint8Array {
  return link(chain, stateHash, segmentReadsDigest);
}

/**
 * Digest of the records that a segment read: `SHA-256("pol/reads/v1" || 0x00 || u32 sets || sets × (u16 size of name |
 * name | u64 count | count × u32 index))`, little-endian, names ascending. Sets without reads are left out.
 */
export function readsDigest(reads: SegmentReads): Uint8Array {
  const names = [...reads.keys()].filter((name) => reads.get(name)?.length !== 0).sort();
  const writer = new ByteWriter(1024).u32(names.length);
  for (const name of names) {
    const indices = reads.get(name) as Uint32Array | readonly number[];
    const nameBytes = toUtf8(name, 'PROGRAM_INVALID');
    writer.u16(nameBytes.length).raw(nameBytes).u64(BigInt(indices.length));
    for (const index of indices) {
      if (index >>> 0 !== index)
        throw new ProofError('PROGRAM_INVALID', `${index} is no index of a record of "${name}"`);
      writer.u32(index);
    }
  }
  return taggedHash('pol/reads/v1', writer.finish());
}

function link(...parts: readonly Uint8Array[]): Uint8Array {
  if (parts.some((part) => part.length !== hashSizeBytes)) {
    throw new ProofError('CHAIN_MISMATCH', `every part of a chain value has ${hashSizeBytes} bytes`);
  }
  return taggedHash('pol/chain/v1', ...parts);
}
