import { failure, type ObjectStore } from '@isthmus/chassis';
import {
  canonicalJson,
  type Manifest,
  maxFileListBytes,
  maxRecordSetDescriptionBytes,
  ProofError,
  parseFileList,
  parseRecordSetDescription,
} from '@isthmus/proof';

/**
 * Checks that everything that a manifest names is in the store before the run begins, and that the small objects say
 * what the manifest says. The data themselves are checked by whoever replays the run.
 *
 * @param maxInputBytes most bytes of all records and files together
 * @throws OBJECT_NOT_FOUND, MANIFEST_INVALID
 */
export async function requireInputs(
  objects: ObjectStore,
  manifest: Manifest,
  maxInputBytes: number,
): Promise<void> {
  await requireObject(objects, manifest.program.digest, 'the program');
  let inputBytes = 0;
  const add = (sizeBytes: number): void => {
    inputBytes += sizeBytes;
    if (inputBytes <= maxInputBytes) return;
    throw failure(
      'MANIFEST_INVALID',
      `The inputs have more than the ${maxInputBytes} bytes that this service takes: a replayer holds all of them.`,
      { metadata: { member: 'inputs', limit: String(maxInputBytes) } },
    );
  };
  for (const [name, declared] of Object.entries(manifest.inputs.records)) {
    const member = `inputs.records.${name}`;
    const info = await read(
      objects,
      declared.object,
      maxRecordSetDescriptionBytes,
      member,
      parseRecordSetDescription,
    );
    const same =
      info.size === declared.size &&
      info.root === declared.root &&
      Buffer.compare(canonicalJson(info.description), canonicalJson(declared.description)) === 0;
    if (!same) throw failure('MANIFEST_INVALID', `${member} is not what its description object says.`);
    add(await requireObject(objects, info.blobDigest, `the records of ${name}`));
  }
  for (const [name, { digest }] of Object.entries(manifest.inputs.artefacts)) {
    const files = await read(objects, digest, maxFileListBytes, `inputs.artefacts.${name}`, parseFileList);
    for (const file of files) {
      add(await requireObject(objects, file.sha256, `the file ${file.name} of ${name}`));
    }
  }
}

/**
 * Checks that an object is in the store.
 * @returns its size in bytes
 * @throws OBJECT_NOT_FOUND that says what the object is for
 */
export async function requireObject(objects: ObjectStore, sha256: string, what: string): Promise<number> {
  if (!(await objects.has(sha256))) {
    throw failure(
      'OBJECT_NOT_FOUND',
      `The object ${sha256} (${what}) is not in the store. Upload it with UploadObject and repeat the call.`,
      { metadata: { sha256 } },
    );
  }
  return objects.size(sha256);
}

async function read<T>(
  objects: ObjectStore,
  sha256: string,
  maxBytes: number,
  member: string,
  parse: (bytes: Uint8Array) => T,
): Promise<T> {
  if ((await requireObject(objects, sha256, member)) > maxBytes) {
    throw failure('MANIFEST_INVALID', `The object of ${member} has more than ${maxBytes} bytes.`);
  }
  try {
    return parse(await objects.get(sha256));
  } catch (cause) {
    if (!(cause instanceof ProofError)) throw cause;
    throw failure('MANIFEST_INVALID', `The object of ${member} cannot be read: ${cause.message}.`, { cause });
  }
}
