import { ByteReader } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { toHex } from './bytes.js';
import { canonicalJson, parseCanonicalJson } from './canonical-json.js';
import { CompactTree } from './compact-tree.js';
import { sha256Hex } from './hash.js';
import { JsonFields } from './json-fields.js';
import { leafHash } from './merkle-hash.js';
import type { Json, JsonObject, RecordInput } from './program.js';
import { ProofError } from './proof-error.js';
import { decodeRecord, encodeRecord, maxRecordPartBytes, type ProofRecord } from './record.js';

/** Codec of the records' framing and fields, named in the description of a set. */
export const recordSetCodec = 'isthmus-record/v1';

/** What is known of a record set without its blob. */
export interface RecordSetInfo {
  /** Number of records. */
  readonly size: number;
  /** Merkle root over the records, hexadecimal. */
  readonly root: string;
  /** What the data set says of itself. */
  readonly description: JsonObject;
  /** SHA-256 of the blob, hexadecimal. */
  readonly blobDigest: string;
  readonly blobBytes: number;
}

/** A record set as two objects of the content-addressed store. */
export interface EncodedRecordSet extends RecordSetInfo {
  /** The description object: canonical JSON. */
  readonly descriptionBytes: Uint8Array;
  /** SHA-256 of the description object, hexadecimal: the identity of the set. */
  readonly digest: string;
  /** All records in their order, each after its size as u32. */
  readonly blob: Uint8Array;
}

/** Bounds on a record set that was received, and who is told of reads. */
export interface OpenRecordSetOptions {
  /** Largest blob; 4 GiB where absent. */
  readonly maxBlobBytes?: number;
  /** Called with the index at every read, before the content is returned. */
  readonly onRead?: (index: number) => void;
}

/** A record set whose every record has been checked against the root. */
export interface OpenRecordSet extends RecordInput, RecordSetInfo {
  /** SHA-256 of the description object, hexadecimal. */
  readonly digest: string;
  /** The whole record `index`. Its parts are views of the blob. Not reported as a read. */
  record(index: number): ProofRecord;
}

/** Largest description object in bytes. */
export const maxRecordSetDescriptionBytes = 65_536;

/** Encodes records in their order. Throws `RECORD_SET_INVALID` on two records of one id. */
export function encodeRecordSet(records: Iterable<ProofRecord>, description: JsonObject): EncodedRecordSet {
  const writer = new ByteWriter(1 << 16);
  const tree = new CompactTree();
  const ids = new Set<bigint>();
  for (const record of records) {
    requireNew(ids, record.id);
    const encoded = encodeRecord(record);
    tree.append(leafHash(encoded));
    writer.u32(encoded.length).raw(encoded);
  }
  const blob = writer.finish().slice();
  const info: RecordSetInfo = {
    size: ids.size,
    root: toHex(tree.root()),
    description,
    blobDigest: sha256Hex(blob),
    blobBytes: blob.length,
  };
  const descriptionBytes = canonicalJson({
    version: 1,
    codec: recordSetCodec,
    records: info.size,
    root: info.root,
    description,
    blob: { sha256: info.blobDigest, size: info.blobBytes },
  } satisfies Json);
  parseRecordSetDescription(descriptionBytes);
  return { ...info, descriptionBytes, digest: sha256Hex(descriptionBytes), blob };
}

/** Reads a description object that was received. Throws `RECORD_SET_INVALID`, or `JSON_INVALID`. */
export function parseRecordSetDescription(bytes: Uint8Array): RecordSetInfo {
  const json = parseCanonicalJson(bytes, { maxBytes: maxRecordSetDescriptionBytes });
  const fields = new JsonFields(json, 'RECORD_SET_INVALID', 'record set');
  fields.only('version', 'codec', 'records', 'root', 'description', 'blob');
  fields.integer('version', 1, 1);
  fields.word('codec', [recordSetCodec]);
  const blob = fields.object('blob').only('sha256', 'size');
  return {
    size: fields.integer('records', 0, 2 ** 32 - 1),
    root: fields.sha256('root'),
    description: fields.jsonObject('description'),
    blobDigest: blob.sha256('sha256'),
    blobBytes: blob.integer('size', 0, Number.MAX_SAFE_INTEGER),
  };
}

/**
 * Opens a record set. Every record is decoded and hashed once and the root recomputed over all of them, so no later
 * read needs a proof. Throws `RECORD_SET_INVALID` on a malformed blob or a repeated id, `RECORD_INVALID` on a malformed
 * record, `RECORD_SET_ROOT` where the records are not those of the root.
 */
export function openRecordSet(
  descriptionBytes: Uint8Array,
  blob: Uint8Array,
  options: OpenRecordSetOptions = {},
): OpenRecordSet {
  const info = parseRecordSetDescription(descriptionBytes);
  if (blob.length !== info.blobBytes || blob.length > (options.maxBlobBytes ?? 2 ** 32)) {
    throw new ProofError(
      'RECORD_SET_INVALID',
      `the blob has ${blob.length} bytes, declared are ${info.blobBytes}`,
    );
  }
  const offsets = checkedOffsets(info, blob);
  const bytesOf = (index: number): Uint8Array => {
    if (!Number.isInteger(index) || index < 0 || index >= info.size) {
      throw new ProofError('PROGRAM_INVALID', `there is no record ${index} in a set of ${info.size}`);
    }
    return blob.subarray((offsets[index] as number) + 4, offsets[index + 1]);
  };
  return {
    ...info,
    digest: sha256Hex(descriptionBytes),
    record: (index) => decodeRecord(bytesOf(index)),
    read(index) {
      const bytes = bytesOf(index);
      options.onRead?.(index);
      return decodeRecord(bytes).x;
    },
  };
}

/** Offsets of the records in the blob and its end, after everything has been checked. */
function checkedOffsets(info: RecordSetInfo, blob: Uint8Array): Float64Array {
  // The size is the sender's word: no record takes less than 21 bytes, so this bounds the allocation.
  if (info.size * 21 > blob.length)
    throw new ProofError('RECORD_SET_INVALID', 'the blob is too short for its records');
  const offsets = new Float64Array(info.size + 1);
  const reader = new ByteReader(blob, 'RECORD_SET_INVALID', 'record set');
  const tree = new CompactTree();
  const ids = new Set<bigint>();
  for (let index = 0; index < info.size; index++) {
    offsets[index] = blob.length - reader.remaining;
    const size = reader.u32();
    if (size > 2 * maxRecordPartBytes + 17) reader.fail(`record ${index} has ${size} bytes`);
    const encoded = reader.raw(size);
    requireNew(ids, decodeRecord(encoded).id);
    tree.append(leafHash(encoded));
  }
  reader.end();
  offsets[info.size] = blob.length;
  if (toHex(tree.root()) !== info.root) {
    throw new ProofError('RECORD_SET_ROOT', 'the records are not those that the Merkle root commits to');
  }
  return offsets;
}

function requireNew(ids: Set<bigint>, id: bigint): void {
  if (ids.has(id)) throw new ProofError('RECORD_SET_INVALID', `two records have the id ${id}`);
  ids.add(id);
}
