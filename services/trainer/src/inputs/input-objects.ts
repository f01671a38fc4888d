import type { ObjectStore } from '@isthmus/chassis';
import { parseFileList, parseRecordSetDescription } from '@isthmus/proof';
import type { InputReferences } from './open-inputs.js';

/** Digests of every object behind the inputs of a run: descriptions and blobs of data sets, lists and files of models. */
export async function inputObjects(objects: ObjectStore, references: InputReferences): Promise<string[]> {
  const digests: string[] = [];
  for (const object of Object.values(references.records))
    digests.push(object, parseRecordSetDescription(await objects.get(object)).blobDigest);
  for (const { digest } of Object.values(references.artefacts ?? {}))
    digests.push(digest, ...parseFileList(await objects.get(digest)).map(({ sha256 }) => sha256));
  return digests;
}
