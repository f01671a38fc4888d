import type { ObjectStore } from '@isthmus/chassis';
import {
  type ArtefactInput,
  type InputInfo,
  type Inputs,
  type Manifest,
  type ManifestArtefact,
  type ManifestRecords,
  openRecordSet,
  parseFileList,
  parseRecordSetDescription,
  type RecordInput,
  requireFileContent,
} from '@isthmus/proof';

/** The inputs of a run by their digests. */
export interface InputReferences {
  /** Name of the data set to the SHA-256 of its description object. */
  readonly records: { readonly [name: string]: string };
  /** Name of the artefact to the model that it is. */
  readonly artefacts?: { readonly [name: string]: ManifestArtefact };
}

/** Inputs that are fetched and checked. */
export interface OpenInputs {
  readonly inputs: Inputs;
  /** The same as the manifest states them. */
  readonly declared: Manifest['inputs'];
  /** What planning may know of them. */
  readonly info: InputInfo;
}

/**
 * Fetches the inputs of a run from the content-addressed store and checks all of them: records against their Merkle
 * root, files against their digests. Throws the store's error where one is absent, a `ProofError` where one is not
 * what its digest says.
 */
export async function openInputs(objects: ObjectStore, references: InputReferences): Promise<OpenInputs> {
  const records = new Map<string, RecordInput>();
  const artefacts = new Map<string, ArtefactInput>();
  const declaredRecords: { [name: string]: ManifestRecords } = {};
  for (const [name, object] of Object.entries(references.records)) {
    const descriptionBytes = await objects.get(object);
    const blob = await objects.get(parseRecordSetDescription(descriptionBytes).blobDigest);
    const set = openRecordSet(descriptionBytes, blob);
    records.set(name, set);
    declaredRecords[name] = { size: set.size, root: set.root, description: set.description, object };
  }
  for (const [name, { digest }] of Object.entries(references.artefacts ?? {}))
    artefacts.set(name, await openArtefact(objects, digest));
  return {
    inputs: {
      records: (name) => required(records, name),
      artefact: (name) => artefacts.get(name),
    },
    declared: { records: declaredRecords, artefacts: references.artefacts ?? {} },
    info: {
      records: mapValues(declaredRecords, ({ size, root, description }) => ({ size, root, description })),
      artefacts: mapValues(references.artefacts ?? {}, ({ digest }) => ({ digest })),
    },
  };
}

/** Fetches the files of a model and checks each against the file list that `digest` names. */
export async function openArtefact(objects: ObjectStore, digest: string): Promise<ArtefactInput> {
  const files = new Map<string, Uint8Array>();
  for (const entry of parseFileList(await objects.get(digest))) {
    const content = await objects.get(entry.sha256);
    requireFileContent(entry, content);
    files.set(entry.name, content);
  }
  return { digest, names: [...files.keys()].sort(), file: (name) => required(files, name) };
}

function required<T>(entries: ReadonlyMap<string, T>, name: string): T {
  const found = entries.get(name);
  if (found === undefined)
    throw new Error(`there is no input '${name}'; declared are: ${[...entries.keys()].join(', ') || 'none'}`);
  return found;
}

function mapValues<A, B>(
  entries: { readonly [name: string]: A },
  change: (value: A) => B,
): { [name: string]: B } {
  return Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, change(value)]));
}
