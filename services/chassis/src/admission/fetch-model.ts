import { type FileEntry, type ModelFiles, ProofError, parseFileList } from '@isthmus/proof';
import { failure, IsthmusError } from '../errors/isthmus-error.js';
import type { ObjectStore } from '../objects/object-store.js';

/** A model as it was fetched: every byte has been checked against the digest of the model. */
export interface FetchedModel {
  /** Ascending by name. */
  readonly entries: readonly FileEntry[];
  readonly files: ModelFiles;
  readonly sizeBytes: number;
}

/**
 * Fetches the files of a model from the store: the list under the model's digest, then each file under its own.
 * @param progress called after each file with the number of files done and in all
 * @throws OBJECT_NOT_FOUND, MODEL_ALTERED where bytes do not have their digest, MODEL_INCOMPATIBLE where the digest is not
 *   that of a file list
 */
export async function fetchModel(
  objects: ObjectStore,
  digest: string,
  progress: (completed: number, total: number) => void = () => undefined,
): Promise<FetchedModel> {
  const entries = parseEntries(await fetchObject(objects, digest, 'its file list'), digest);
  const files = new Map<string, Uint8Array>();
  let sizeBytes = 0;
  for (const { name, sha256, sizeBytes: expectedBytes } of entries) {
    const content = await fetchObject(objects, sha256, `its file ${name}`);
    if (content.length !== expectedBytes) throw altered(`its file ${name}`, sha256);
    files.set(name, content);
    sizeBytes += content.length;
    progress(files.size, entries.length);
  }
  return { entries, files, sizeBytes };
}

async function fetchObject(objects: ObjectStore, sha256: string, what: string): Promise<Uint8Array> {
  try {
    return await objects.get(sha256);
  } catch (error) {
    if (error instanceof IsthmusError && error.reason === 'OBJECT_DIGEST_MISMATCH') {
      throw altered(what, sha256, error);
    }
    throw error;
  }
}

function parseEntries(bytes: Uint8Array, digest: string): FileEntry[] {
  try {
    return parseFileList(bytes);
  } catch (cause) {
    if (!(cause instanceof ProofError)) throw cause;
    throw failure('MODEL_INCOMPATIBLE', `The object ${digest} is no list of model files: ${cause.message}.`, {
      metadata: { digest },
      cause,
    });
  }
}

function altered(what: string, sha256: string, cause?: unknown): IsthmusError {
  return failure(
    'MODEL_ALTERED',
    `The model was altered: ${what} does not have the digest ${sha256}. Fetch it again from where it was published.`,
    { metadata: { sha256 }, cause },
  );
}
