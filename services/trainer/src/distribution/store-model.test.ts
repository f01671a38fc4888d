import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ObjectStore, openObjectStore } from '@isthmus/chassis';
import { parseFileList, sha256Hex } from '@isthmus/proof';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { bundleFileName } from './model-folder.js';
import { type ModelSource, modelOfFolder } from './model-source.js';
import { storeModel } from './store-model.js';

let folder: string;
let objects: ObjectStore;
let source: ModelSource;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isthmus store-'));
  await writeFile(join(folder, 'model.json'), '{"dim":8}');
  await writeFile(join(folder, 'tensors.bin'), Buffer.alloc(3_000_000, 7));
  await writeFile(join(folder, bundleFileName), '{"mediaType":"bundle"}');
  objects = openObjectStore(pathToFileURL(`${folder}-objects`).href);
  source = await modelOfFolder(folder, { name: 'm' });
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
  await rm(`${folder}-objects`, { recursive: true, force: true });
});

const objectPath = (sha256: string) => join(`${folder}-objects`, sha256.slice(0, 2), sha256);

describe('modelOfFolder', () => {
  it('names a model by its files, and keeps the attestation apart from them', () => {
    expect(source).toMatchObject({ name: 'm', version: source.digest.slice(0, 12), logProofDigest: '' });
    expect(source.bundleDigest).toBe(sha256Hex(Buffer.from('{"mediaType":"bundle"}')));
    expect(source.parts.map(({ what }) => what)).toEqual([
      'model.json',
      'tensors.bin',
      'attestation bundle',
      'file list',
    ]);
  });

  it.each(['Gemi', '', 'a b'])('refuses the name %j', async (name) => {
    await expect(modelOfFolder(folder, { name })).rejects.toMatchObject({ reason: 'FIELD_INVALID' });
  });
});

describe('storeModel', () => {
  it('stores every part, the list of files last, and then finds them all', async () => {
    const order: string[] = [];
    const counts = await storeModel(objects, source, ({ what }) => order.push(what));
    expect(counts).toMatchObject({ stored: 4, present: 0, repaired: 0 });
    expect(order.at(-1)).toBe('file list');
    const files = parseFileList(await objects.get(source.digest));
    expect(files.map(({ name }) => name)).toEqual(['model.json', 'tensors.bin']);
    for (const { sha256, sizeBytes } of files) expect(await objects.size(sha256)).toBe(sizeBytes);
    expect(await storeModel(objects, source)).toMatchObject({ stored: 0, present: 4, repaired: 0 });
  });

  it('goes on where it was interrupted', async () => {
    const broken = source.parts.map((part) =>
      part.what === 'attestation bundle' ? { ...part, read: () => Promise.reject(new Error('cut')) } : part,
    );
    await expect(storeModel(objects, { parts: broken })).rejects.toThrow('cut');
    expect(await objects.has(source.digest)).toBe(false);
    expect(await storeModel(objects, source)).toMatchObject({ stored: 2, present: 2 });
  });

  it.each([
    ['a bit', (bytes: Buffer) => Buffer.from(bytes.map((byte, at) => (at === 9 ? byte ^ 1 : byte)))],
    ['the length', (bytes: Buffer) => bytes.subarray(1)],
  ])('repairs an object of which %s was changed', async (_, change) => {
    await storeModel(objects, source);
    const { sha256 } = source.parts[1]!;
    await writeFile(objectPath(sha256), change(await readFile(objectPath(sha256))));
    const outcomes: string[] = [];
    await storeModel(objects, source, (_part, outcome) => outcomes.push(outcome));
    expect(outcomes).toEqual(['present', 'repaired', 'present', 'present']);
    expect(sha256Hex(await objects.get(sha256))).toBe(sha256);
  });

  it('stores nothing under a digest that a file does not have any more', async () => {
    await writeFile(join(folder, 'tensors.bin'), Buffer.alloc(3_000_000, 8));
    await expect(storeModel(objects, source)).rejects.toMatchObject({ reason: 'OBJECT_DIGEST_MISMATCH' });
    expect(await objects.has(source.parts[1]!.sha256)).toBe(false);
    expect(await objects.has(source.digest)).toBe(false);
  });

  it('believes no store that gives back something else', async () => {
    const forgetful: ObjectStore = { ...bound(objects), putStream: async () => 0 };
    await expect(storeModel(forgetful, source)).rejects.toThrow(/did not give back what was written/);
  });

  it('stops between two parts when it is asked to', async () => {
    const stop = new AbortController();
    const parts: string[] = [];
    const storing = storeModel(
      objects,
      source,
      ({ what }) => {
        parts.push(what);
        stop.abort(new Error('stopped'));
      },
      stop.signal,
    );
    await expect(storing).rejects.toThrow('stopped');
    expect(parts).toEqual(['model.json']);
  });
});

function bound(store: ObjectStore): ObjectStore {
  return {
    put: (bytes) => store.put(bytes),
    putStream: (sha256, chunks, limitBytes) => store.putStream(sha256, chunks, limitBytes),
    get: (sha256) => store.get(sha256),
    has: (sha256) => store.has(sha256),
    size: (sha256) => store.size(sha256),
    delete: (sha256) => store.delete(sha256),
  };
}
