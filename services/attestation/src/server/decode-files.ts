import type { FileEntry } from '@isthmus/proof';
import type { ModelFile } from '@isthmus/proto/isthmus/model/v1/model.js';

/** The files of a model out of the contract. Their names and hashes are checked by whoever makes a list of them. */
export function decodeFiles(files: readonly ModelFile[]): FileEntry[] {
  return files.map(({ name, sha256, sizeBytes }) => ({ name, sha256, sizeBytes: Number(sizeBytes) }));
}
