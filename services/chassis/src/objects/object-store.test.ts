import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type MotoServer, motoServerPath, startMotoServer } from './moto-server.fixture.js';
import { sha256Hex } from './object-digest.js';
import type { ObjectStore } from './object-store.js';
import { openObjectStore } from './open-object-store.js';

const absent = 'a'.repeat(64);

function bytesOf(sizeBytes: number, salt = 0): Uint8Array {
  return Uint8Array.from({ length: sizeBytes }, (_, index) => (index * 131 + (index >> 8) + salt) & 255);
}

async function* inChunks(bytes: Uint8Array, chunkBytes: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += chunkBytes)
    yield bytes.subarray(start, start + chunkBytes);
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** What every store has to do. */
function conformance(open: () => ObjectStore): void {
  it('returns what was stored, under the SHA-256 of its bytes', async () => {
    const store = open();
    const bytes = bytesOf(1000);
    const sha256 = await store.put(bytes);
    expect(sha256).toBe(sha256Hex(bytes));
    expect(hex(await store.get(sha256))).toBe(hex(bytes));
    expect(await store.has(sha256)).toBe(true);
    expect(await store.size(sha256)).toBe(1000);
  });

  it('stores the empty object', async () => {
    const store = open();
    const sha256 = await store.put(new Uint8Array());
    expect((await store.get(sha256)).length).toBe(0);
    expect(await store.size(sha256)).toBe(0);
  });

  it('stores the same bytes twice without complaint, even at the same time', async () => {
    const store = open();
    const bytes = bytesOf(5000, 7);
    const digests = await Promise.all([store.put(bytes), store.put(bytes), store.put(bytes)]);
    expect(new Set(digests).size).toBe(1);
    expect(await store.put(bytes)).toBe(digests[0]);
  });

  it.each([0, 10, 300_000])('takes a stream of %i bytes', async (sizeBytes) => {
    const store = open();
    const bytes = bytesOf(sizeBytes, 3);
    const sha256 = sha256Hex(bytes);
    expect(await store.putStream(sha256, inChunks(bytes, 65_536), 1_000_000)).toBe(sizeBytes);
    expect(sha256Hex(await store.get(sha256))).toBe(sha256);
  });

  it('takes a stream of several parts', async () => {
    const store = open();
    const bytes = bytesOf(20 * 1024 * 1024, 5);
    const sha256 = sha256Hex(bytes);
    expect(await store.putStream(sha256, inChunks(bytes, 1024 * 1024), bytes.length)).toBe(bytes.length);
    expect(await store.putStream(sha256, inChunks(bytes, 1024 * 1024), bytes.length)).toBe(bytes.length);
    expect(sha256Hex(await store.get(sha256))).toBe(sha256);
  });

  it.each([100, 9 * 1024 * 1024])(
    'makes nothing visible of a stream of %i bytes with another digest',
    async (sizeBytes) => {
      const store = open();
      const announced = sha256Hex(bytesOf(sizeBytes, 11));
      const chunks = inChunks(bytesOf(sizeBytes, 12), 1024 * 1024);
      await expect(store.putStream(announced, chunks, 1e9)).rejects.toMatchObject({
        reason: 'OBJECT_DIGEST_MISMATCH',
      });
      expect(await store.has(announced)).toBe(false);
    },
  );

  it('makes nothing visible of a stream beyond its limit', async () => {
    const store = open();
    const bytes = bytesOf(1001, 13);
    const sha256 = sha256Hex(bytes);
    await expect(store.putStream(sha256, inChunks(bytes, 100), 1000)).rejects.toMatchObject({
      reason: 'MESSAGE_TOO_LARGE',
      metadata: { limitBytes: '1000' },
    });
    expect(await store.has(sha256)).toBe(false);
  });

  it('makes nothing visible of a stream that breaks off', async () => {
    const store = open();
    const bytes = bytesOf(1001, 14);
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield bytes.subarray(0, 500);
      throw new Error('the peer went away');
    }
    await expect(store.putStream(sha256Hex(bytes), broken(), 10_000)).rejects.toThrow('the peer went away');
    expect(await store.has(sha256Hex(bytes))).toBe(false);
  });

  it('says that an object is not there', async () => {
    const store = open();
    expect(await store.has(absent)).toBe(false);
    await expect(store.get(absent)).rejects.toMatchObject({ reason: 'OBJECT_NOT_FOUND' });
    await expect(store.size(absent)).rejects.toMatchObject({ reason: 'OBJECT_NOT_FOUND' });
    await store.delete(absent);
  });

  it('forgets a deleted object', async () => {
    const store = open();
    const sha256 = await store.put(bytesOf(64, 9));
    await store.delete(sha256);
    expect(await store.has(sha256)).toBe(false);
    expect(await store.put(bytesOf(64, 9))).toBe(sha256);
    expect(await store.has(sha256)).toBe(true);
  });

  it.each(['', '../../etc/passwd', 'A'.repeat(64), 'a'.repeat(63)])('refuses the name %j', async (name) => {
    const store = open();
    await expect(store.get(name)).rejects.toMatchObject({ reason: 'FIELD_INVALID' });
    await expect(store.has(name)).rejects.toMatchObject({ reason: 'FIELD_INVALID' });
    await expect(store.putStream(name, inChunks(bytesOf(3), 3), 10)).rejects.toMatchObject({
      reason: 'FIELD_INVALID',
    });
  });
}

describe('FolderObjectStore', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'isthmus objects-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  conformance(() => openObjectStore(pathToFileURL(folder).href));

  it('notices stored bytes that were changed', async () => {
    const store = openObjectStore(pathToFileURL(folder).href);
    const sha256 = await store.put(bytesOf(100, 77));
    const path = join(folder, sha256.slice(0, 2), sha256);
    const bytes = await readFile(path);
    bytes[50] = (bytes[50] ?? 0) ^ 1;
    await writeFile(path, bytes);
    await expect(store.get(sha256)).rejects.toMatchObject({ reason: 'OBJECT_DIGEST_MISMATCH' });
  });

  it('leaves no temporary file behind', async () => {
    expect(await readdir(join(folder, 'incoming'))).toEqual([]);
  });
});

const moto = motoServerPath();
const describeS3 = moto === undefined ? describe.skip : describe;
const s3Name = moto === undefined ? 'S3ObjectStore (skipped: moto_server is not installed)' : 'S3ObjectStore';
describeS3(s3Name, () => {
  let server: MotoServer;
  beforeAll(async () => {
    server = await startMotoServer(moto ?? '');
  });
  afterAll(async () => {
    await server?.close();
  });

  conformance(() => openObjectStore(server.storeUrl));
});

describe('openObjectStore', () => {
  it.each(['ftp://host/folder', 'no url'])('refuses %j', (url) => {
    expect(() => openObjectStore(url)).toThrow(/file:\/\/\//);
  });
});
