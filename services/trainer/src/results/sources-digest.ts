import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Digest of the code that results depend on: every file under `services/<name>/src` and `proto/isthmus`, tests
 * excepted, in ascending order of path. SHA-256 over `path NUL SHA-256(content)` of each, hexadecimal.
 */
export async function sourcesDigest(root: string): Promise<string> {
  const services = (await names(join(root, 'services'))).map((name) => `services/${name}/src`);
  return foldersDigest(root, [...services, 'proto/isthmus']);
}

/** The same digest of every file under the given folders of `root`, tests excepted. */
export async function foldersDigest(root: string, folders: readonly string[]): Promise<string> {
  const paths: string[] = [];
  for (const folder of folders) paths.push(...(await filesUnder(root, folder)));
  const digest = createHash('sha256');
  for (const path of paths.sort()) {
    digest.update(`${path}\0`);
    digest.update(
      createHash('sha256')
        .update(await readFile(join(root, path)))
        .digest(),
    );
  }
  return digest.digest('hex');
}

async function filesUnder(root: string, folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(join(root, folder), { withFileTypes: true }).catch(() => [])) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) found.push(...(await filesUnder(root, path)));
    else if (!entry.name.endsWith('.test.ts')) found.push(path);
  }
  return found;
}

async function names(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}
