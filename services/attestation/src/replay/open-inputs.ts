import {
  canonicalJson,
  type Inputs,
  type Manifest,
  openRecordSet,
  ProofError,
  parseFileList,
  parseRecordSetDescription,
  type RecordInput,
  requireFileContent,
} from '@isthmus/proof';

/** The bytes of an object of the store by its digest. */
export type FetchObject = (sha256: string) => Promise<Uint8Array>;

/**
 * Opens every input that a manifest declares. Data sets are checked record by record against the manifest's root,
 * files of artefacts against their list.
 * @throws ProofError where an input is not what the manifest says
 */
export async function openInputs(manifest: Manifest, fetchObject: FetchObject): Promise<Inputs> {
  const records = new Map<string, RecordInput>();
  for (const [name, declared] of Object.entries(manifest.inputs.records)) {
    const description = await fetchObject(declared.object);
    const info = parseRecordSetDescription(description);
    const same =
      info.size === declared.size &&
      info.root === declared.root &&
      Buffer.compare(canonicalJson(info.description), canonicalJson(declared.description)) === 0;
    if (!same) {
      throw new ProofError(
        'RECORD_SET_INVALID',
        `the data set "${name}" is not the one that the manifest describes`,
      );
    }
    records.set(name, openRecordSet(description, await fetchObject(info.blobDigest)));
  }
  const artefacts = new Map<string, ReturnType<Inputs['artefact']>>();
  for (const [name, { digest }] of Object.entries(manifest.inputs.artefacts)) {
    artefacts.set(name, await openArtefact(digest, fetchObject));
  }
  return {
    records(name) {
      const found = records.get(name);
      if (found === undefined)
        throw new ProofError('PROGRAM_INVALID', `the manifest declares no data set "${name}"`);
      return found;
    },
    artefact: (name) => artefacts.get(name),
  };
}

async function openArtefact(
  digest: string,
  fetchObject: FetchObject,
): Promise<ReturnType<Inputs['artefact']>> {
  const files = new Map<string, Uint8Array>();
  for (const entry of parseFileList(await fetchObject(digest))) {
    const content = await fetchObject(entry.sha256);
    requireFileContent(entry, content);
    files.set(entry.name, content);
  }
  return {
    digest,
    names: [...files.keys()],
    file(name) {
      const content = files.get(name);
      if (content === undefined)
        throw new ProofError('PROGRAM_INVALID', `the artefact has no file "${name}"`);
      return content;
    },
  };
}
