import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';
import type { Json } from './program.js';
import { decodeRecord, encodeRecord, type ProofRecord } from './record.js';
import { encodeRecordSet, openRecordSet, parseRecordSetDescription } from './record-set.js';

const record = (id: bigint, x: readonly number[] = [1, 2, 3]): ProofRecord => ({
  x: Uint8Array.from(x),
  y: new Uint8Array(0),
  id,
});
const anyRecord = fc.record({
  x: fc.uint8Array({ maxLength: 40 }),
  y: fc.uint8Array({ maxLength: 9 }),
  id: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
});
const failing = (code: string): unknown => expect.objectContaining({ code });

describe('encodeRecord', () => {
  it('writes version, x, y and id in little-endian order', () => {
    const bytes = encodeRecord({ x: Uint8Array.of(0xaa, 0xbb), y: Uint8Array.of(0xcc), id: 258n });
    expect(Buffer.from(bytes).toString('hex')).toBe('0102000000aabb01000000cc0201000000000000');
  });

  it('is read back', () => {
    fc.assert(
      fc.property(anyRecord, (original) => {
        const decoded = decodeRecord(encodeRecord(original));
        expect([...decoded.x]).toEqual([...original.x]);
        expect([...decoded.y]).toEqual([...original.y]);
        expect(decoded.id).toBe(original.id);
      }),
    );
  });

  it('refuses ids that are no u64', () => {
    for (const id of [-1n, 1n << 64n])
      expect(() => encodeRecord(record(id))).toThrow(failing('RECORD_INVALID'));
  });
});

describe('decodeRecord', () => {
  const bytes = encodeRecord(record(7n));
  it.each<[string, Uint8Array]>([
    ['another version', Uint8Array.from(bytes, (byte, i) => (i === 0 ? 2 : byte))],
    ['a truncated record', bytes.subarray(0, -1)],
    ['a byte too many', Uint8Array.from([...bytes, 0])],
    ['a size beyond the end', Uint8Array.from(bytes, (byte, i) => (i === 4 ? 3 : byte))],
    ['nothing', new Uint8Array(0)],
  ])('refuses %s', (_, malformed) => {
    expect(() => decodeRecord(malformed)).toThrow(failing('RECORD_INVALID'));
  });
});

describe('openRecordSet', () => {
  const encoded = encodeRecordSet([record(5n, [5]), record(6n, []), record(2n ** 64n - 1n, [9, 9])], {
    domain: 'a',
  });

  it('gives the contents by index and reports every read', () => {
    const reads: number[] = [];
    const set = openRecordSet(encoded.descriptionBytes, encoded.blob, {
      onRead: (index) => reads.push(index),
    });
    expect([set.size, set.root, set.digest]).toEqual([3, encoded.root, encoded.digest]);
    expect(set.description).toEqual({ domain: 'a' });
    expect([2, 0, 2, 1].map((index) => [...set.read(index)])).toEqual([[9, 9], [5], [9, 9], []]);
    expect(reads).toEqual([2, 0, 2, 1]);
    expect(set.record(2).id).toBe(2n ** 64n - 1n);
    expect(reads).toHaveLength(4);
  });

  it('refuses an index that is not there', () => {
    const set = openRecordSet(encoded.descriptionBytes, encoded.blob);
    for (const index of [-1, 3, 0.5, Number.NaN]) expect(() => set.read(index)).toThrow(/no record/);
  });

  it('opens a set without records', () => {
    const empty = encodeRecordSet([], {});
    expect(openRecordSet(empty.descriptionBytes, empty.blob).size).toBe(0);
  });

  it('refuses any changed byte of the blob', () => {
    for (let at = 0; at < encoded.blob.length; at++) {
      const changed = encoded.blob.slice();
      changed[at]! ^= 1;
      expect(() => openRecordSet(encoded.descriptionBytes, changed)).toThrow();
    }
  });

  it('refuses records in another order', () => {
    const swapped = encodeRecordSet([record(6n, []), record(5n, [5]), record(2n ** 64n - 1n, [9, 9])], {});
    expect(() => openRecordSet(encoded.descriptionBytes, swapped.blob)).toThrow(failing('RECORD_SET_ROOT'));
  });

  it('refuses two records of one id, written or received', () => {
    expect(() => encodeRecordSet([record(1n), record(1n, [])], {})).toThrow(failing('RECORD_SET_INVALID'));
    const doubled = new Uint8Array(Buffer.concat([encoded.blob, encoded.blob]));
    const description = described({ records: 6, blob: { sha256: encoded.blobDigest, size: doubled.length } });
    expect(() => openRecordSet(description, doubled)).toThrow(/two records/);
  });

  it.each<[string, { readonly [name: string]: Json }]>([
    ['another version', { version: 2 }],
    ['another codec', { codec: 'other/v1' }],
    ['more records than the blob can hold', { records: 4_000_000_000 }],
    ['fewer records', { records: 2 }],
    ['another size of the blob', { blob: { sha256: encoded.blobDigest, size: 1 } }],
    ['an unknown member', { extra: 1 }],
    ['a root that is none', { root: 'AA' }],
  ])('refuses %s', (_, change) => {
    expect(() => openRecordSet(described(change), encoded.blob)).toThrow(failing('RECORD_SET_INVALID'));
  });

  it('refuses a blob beyond the limit', () => {
    expect(() => openRecordSet(encoded.descriptionBytes, encoded.blob, { maxBlobBytes: 10 })).toThrow(/blob/);
  });

  it('commits to the records alone and to the description by the digest', () => {
    const other = encodeRecordSet([record(5n, [5]), record(6n, []), record(2n ** 64n - 1n, [9, 9])], {
      domain: 'b',
    });
    expect(other.root).toBe(encoded.root);
    expect(other.digest).not.toBe(encoded.digest);
    expect(parseRecordSetDescription(other.descriptionBytes).description).toEqual({ domain: 'b' });
  });

  function described(change: { readonly [name: string]: Json }): Uint8Array {
    return canonicalJson({ ...JSON.parse(Buffer.from(encoded.descriptionBytes).toString()), ...change });
  }
});
