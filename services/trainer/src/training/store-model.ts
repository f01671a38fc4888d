import type { ObjectStore } from '@isthmus/chassis';
import { encodeFileList, type FileEntry, fileEntries, type ModelFiles, modelDigest } from '@isthmus/proof';

/** A model in the content-addressed store. */
export interface StoredModel {
  /** SHA-256 of the file list, its key in the store. */
  readonly digest: string;
  readonly files: readonly FileEntry[];
}

/** Stores the files of a model and their list. */
export async function storeModel(objects: ObjectStore, files: ModelFiles): Promise<StoredModel> {
  const entries = fileEntries(files);
  const list = encodeFileList(entries);
  for (const content of files.values()) await objects.put(content);
  await objects.put(list);
  return { digest: modelDigest(list), files: entries };
}
