import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type ObjectStore, openObjectStore } from '@isthmus/chassis';
import { encodeRecordSet } from '@isthmus/proof';
import { bundleProgram } from '../bundling/bundle-program.js';

/** A folder with the toy program, a store of objects and a small data set in it, for tests. */
export interface ToyWorkspace {
  readonly folder: string;
  readonly objectsUrl: string;
  readonly objects: ObjectStore;
  /** Bundle of the toy program. */
  readonly programPath: string;
  /** SHA-256 of the record set's description object. */
  readonly interactions: string;
  remove(): Promise<void>;
}

/** Makes a workspace below the system's temporary folder. */
export async function toyWorkspace(): Promise<ToyWorkspace> {
  const folder = await mkdtemp(join(tmpdir(), 'isthmus-toy-'));
  const objectsUrl = pathToFileURL(join(folder, 'objects')).href;
  const objects = openObjectStore(objectsUrl);
  const programPath = join(folder, 'toy.mjs');
  const root = fileURLToPath(new URL('../../../..', import.meta.url));
  // Found from the compiled file and from the source alike.
  const entry = join(root, 'services', 'trainer', 'src', 'testing', 'toy-program.ts');
  await bundleProgram({ root, entry, outFile: programPath });
  const records = Array.from({ length: 50 }, (_, index) => ({
    x: Uint8Array.from({ length: 20 }, (_, place) => (index * place) % 251),
    y: new Uint8Array(0),
    id: BigInt(index),
  }));
  const set = encodeRecordSet(records, { domains: ['toys'] });
  await objects.put(set.blob);
  const interactions = await objects.put(set.descriptionBytes);
  return {
    folder,
    objectsUrl,
    objects,
    programPath,
    interactions,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
