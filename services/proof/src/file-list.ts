import { canonicalJson, parseCanonicalJson } from './canonical-json.js';
import { sha256Hex } from './hash.js';
import { JsonFields } from './json-fields.js';
import type { Json, ModelFiles } from './program.js';
import { ProofError } from './proof-error.js';

/** A file of a model. */
export interface FileEntry {
  /** Name inside the model, with `/` between folders. */
  readonly name: string;
  /** SHA-256 of the content, hexadecimal. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Largest file list in bytes. */
export const maxFileListBytes = 1 << 20;
/** Most files of a model. */
export const maxFiles = 1000;

/**
 * The file list of a model: canonical JSON `{"files":[{"name","sha256","size"},…]}`, ascending by name. Given in any
 * order. Throws `FILE_LIST_INVALID` on no files, two of one name, or a name, hash or size that is not allowed.
 */
export function encodeFileList(files: Iterable<FileEntry>): Uint8Array {
  const entries = [...files]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, sha256, sizeBytes }) => ({ name, sha256, size: sizeBytes }));
  const bytes = canonicalJson({ files: entries } as Json);
  parseFileList(bytes);
  return bytes;
}

/** Reads a file list that was received. Throws `FILE_LIST_INVALID`, or `JSON_INVALID` where it is not canonical JSON. */
export function parseFileList(bytes: Uint8Array): FileEntry[] {
  const json = parseCanonicalJson(bytes, { maxBytes: maxFileListBytes });
  const fields = new JsonFields(json, 'FILE_LIST_INVALID', 'file list').only('files');
  const files = fields.array('files').map((value, index) => {
    const file = new JsonFields(value, 'FILE_LIST_INVALID', `file list.files[${index}]`).only(
      'name',
      'sha256',
      'size',
    );
    const name = file.text('name', /^[a-z0-9._/-]{1,255}$/);
    if (!isFileName(name)) file.fail('name', `"${name}" could leave the model's folder`);
    return {
      name,
      sha256: file.sha256('sha256'),
      sizeBytes: file.integer('size', 0, Number.MAX_SAFE_INTEGER),
    };
  });
  if (files.length === 0 || files.length > maxFiles) fields.fail('files', `expected 1 to ${maxFiles} files`);
  files.forEach(({ name }, index) => {
    const before = files[index - 1]?.name;
    if (before !== undefined && !(before < name))
      fields.fail('files', `"${name}" is out of order or listed twice`);
  });
  return files;
}

/** Digest of a model: SHA-256 of its file list, hexadecimal. The key of the list in the content-addressed store. */
export function modelDigest(fileListBytes: Uint8Array): string {
  return sha256Hex(fileListBytes);
}

/** Entries of files in memory, ascending by name. */
export function fileEntries(files: ModelFiles): FileEntry[] {
  return [...files]
    .map(([name, content]) => ({ name, sha256: sha256Hex(content), sizeBytes: content.length }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Throws `FILE_LIST_INVALID` unless the content is that of the entry: same size, same hash. */
export function requireFileContent(entry: FileEntry, content: Uint8Array): void {
  if (content.length !== entry.sizeBytes || sha256Hex(content) !== entry.sha256) {
    throw new ProofError(
      'FILE_LIST_INVALID',
      `the content of "${entry.name}" is not what the file list says`,
    );
  }
}

/** Relative, without empty, `.` or `..` parts: the name stays inside whatever folder it is joined to. */
function isFileName(name: string): boolean {
  return name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
