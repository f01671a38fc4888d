import { ByteReader } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { ProofError } from './proof-error.js';

/** One record of a data set. What `x` and `y` mean is said by the codec that the data set names. */
export interface ProofRecord {
  /** Content. */
  readonly x: Uint8Array;
  /** Label; empty where the content says everything. */
  readonly y: Uint8Array;
  /** Identifier, unique in the data set, 0 to 2^64 - 1: an index, or a salted hash where it stands for a person. */
  readonly id: bigint;
}

/** Version of the record codec, the first byte of every record. */
export const recordVersion = 1;

/** Largest `x` and largest `y`, in bytes. */
export const maxRecordPartBytes = 1 << 26;

/**
 * The canonical bytes of a record, which are the data of its Merkle leaf:
 * `u8 version | u32 size of x | x | u32 size of y | y | u64 id`, little-endian.
 * Throws `RECORD_INVALID` on a part that is too large or an id out of range.
 */
export function encodeRecord(record: ProofRecord): Uint8Array {
  const { x, y, id } = record;
  if (x.length > maxRecordPartBytes || y.length > maxRecordPartBytes) {
    throw new ProofError('RECORD_INVALID', `a part of record ${id} exceeds ${maxRecordPartBytes} bytes`);
  }
  if (id < 0n || id >= 1n << 64n) throw new ProofError('RECORD_INVALID', `the id ${id} is not a u64`);
  return new ByteWriter(17 + x.length + y.length)
    .u8(recordVersion)
    .u32(x.length)
    .raw(x)
    .u32(y.length)
    .raw(y)
    .u64(id)
    .finish();
}

/**
 * Reads the bytes of {@link encodeRecord}. `x` and `y` are views of `bytes`.
 * Throws `RECORD_INVALID` on another version, a wrong length or bytes left over.
 */
export function decodeRecord(bytes: Uint8Array): ProofRecord {
  const reader = new ByteReader(bytes, 'RECORD_INVALID', 'record');
  const version = reader.u8();
  if (version !== recordVersion) reader.fail(`version ${version}, this code reads ${recordVersion}`);
  const x = reader.raw(boundedSize(reader));
  const y = reader.raw(boundedSize(reader));
  const id = reader.u64();
  reader.end();
  return { x, y, id };
}

function boundedSize(reader: ByteReader): number {
  const size = reader.u32();
  if (size > maxRecordPartBytes) reader.fail(`a part has ${size} bytes, more than ${maxRecordPartBytes}`);
  return size;
}
