import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { FileEntry } from '@isthmus/proof';

/** Name of the attestation bundle beside a model's files. */
export const bundleFileName = 'attestation.sigstore.json';
/** Name of the proof that the log holds it. */
export const logProofFileName = 'attestation.tlog-proof';

/** The model's files in a folder: everything but the attestation, by their names inside the folder. */
export async function modelFiles(folder: string): Promise<FileEntry[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: FileEntry[] = [];
  for (const entry of entries) {
    if (!entry.isFile() || [bundleFileName, logProofFileName].includes(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path).split(sep).join('/');
    files.push({ name, sha256: await fileDigest(path), sizeBytes: (await stat(path)).size });
  }
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function fileDigest(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
