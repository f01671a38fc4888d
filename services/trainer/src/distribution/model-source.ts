import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, type ObjectStore } from '@isthmus/chassis';
import { encodeFileList, type FileEntry, sha256Hex } from '@isthmus/proof';
import type { TrainResult } from '../training/training-event.js';
import { bundleFileName, logProofFileName, modelFiles } from './model-folder.js';

/** An object that a model consists of. */
export interface ModelPart {
  /** For people: the name of a file, or what it is otherwise. */
  readonly what: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  read(): Promise<Uint8Array>;
}

/** A model that can be given to programs, under the name and the version that it shall have there. */
export interface ModelSource {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of its file list. */
  readonly digest: string;
  /** SHA-256 of the attestation bundle; empty where it has none. */
  readonly bundleDigest: string;
  /** SHA-256 of the proof that the log holds the attestation; empty where it has none. */
  readonly logProofDigest: string;
  /** The file list is the last: where a store has it, it has all that the list names. */
  readonly parts: readonly ModelPart[];
}

/** Name and version of a model. */
export interface ModelName {
  readonly name: string;
  readonly version: string;
}

/** The version that a model gets where nothing else is said: the first digits of its digest. */
export function versionOfDigest(digest: string): string {
  return digest.slice(0, 12);
}

/** What a training gave. Its files are in the trainer's store, bundle and log proof in the result. */
export function modelOfResult(
  { program, files, attestation }: TrainResult,
  objects: ObjectStore,
  named: Partial<ModelName> = {},
): ModelSource {
  return modelOf(
    { name: named.name ?? program.name, version: named.version },
    files.map((file) => ({ ...file, read: () => objects.get(file.sha256) })),
    Buffer.from(attestation?.bundle ?? ''),
    Buffer.from(attestation?.logProof ?? ''),
  );
}

/** A folder with the files of a model, and beside them its bundle and its log proof where it has them. */
export async function modelOfFolder(
  folder: string,
  named: Pick<ModelName, 'name'> & Partial<ModelName>,
): Promise<ModelSource> {
  const files = await modelFiles(folder);
  if (files.length === 0) throw new Error(`${folder} holds no file of a model`);
  return modelOf(
    { name: named.name, version: named.version },
    files.map((file) => ({ ...file, read: () => readFile(join(folder, file.name)) })),
    await readIfThere(join(folder, bundleFileName)),
    await readIfThere(join(folder, logProofFileName)),
  );
}

/** Refuses a name that the contract would refuse, before anything is stored under it. */
function requireName({ name, version }: ModelName): void {
  if (/^[a-z0-9][a-z0-9.-]{0,127}$/.test(name) && /^[^\p{Cc}]{1,128}$/u.test(version)) return;
  throw failure(
    'FIELD_INVALID',
    `'${name}@${version}' cannot be: a name has lower-case letters, digits, dots and dashes, a version at most 128 characters.`,
    { metadata: { field: 'name' } },
  );
}

function modelOf(
  { name, version: wanted }: { readonly name: string; readonly version: string | undefined },
  files: readonly (FileEntry & Pick<ModelPart, 'read'>)[],
  bundle: Uint8Array,
  logProof: Uint8Array,
): ModelSource {
  const list = encodeFileList(files);
  const digest = sha256Hex(list);
  const version = wanted ?? versionOfDigest(digest);
  requireName({ name, version });
  const proofs = [partOf('attestation bundle', bundle), partOf('log proof', logProof)];
  const [bundleDigest = '', logProofDigest = ''] = proofs.map((part) =>
    part.sizeBytes === 0 ? '' : part.sha256,
  );
  return {
    name,
    version,
    digest,
    bundleDigest,
    logProofDigest,
    parts: [
      ...files.map(({ name: what, sha256, sizeBytes, read }) => ({ what, sha256, sizeBytes, read })),
      ...proofs.filter(({ sizeBytes }) => sizeBytes > 0),
      partOf('file list', list),
    ],
  };
}

function partOf(what: string, bytes: Uint8Array): ModelPart {
  return { what, sha256: sha256Hex(bytes), sizeBytes: bytes.length, read: async () => bytes };
}

async function readIfThere(path: string): Promise<Uint8Array> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
}
