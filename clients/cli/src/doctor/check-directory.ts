import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Finding, fine, wanting } from './finding.js';

/** A demo on the simulator keeps about this much. */
const WANTED_BYTES = 2e9;

/** Whether the folder of the mesh can be written to; made where it is missing. */
export async function checkDirectory(directory: string): Promise<Finding> {
  const path = resolve(directory);
  const probe = join(path, `.probe-${process.pid}`);
  try {
    await mkdir(path, { recursive: true });
    await writeFile(probe, '');
    await rm(probe);
    return fine('data directory', path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return wanting('data directory', `${path}: ${code}`, 'name another folder with --directory');
  }
}

/** Whether the disk below the folder has room. */
export async function checkDisk(directory: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(resolve(directory)).catch(() => statfs('.'));
  const freeBytes = bavail * bsize;
  const found = `${(freeBytes / 1e9).toFixed(1)} GB free`;
  return freeBytes >= WANTED_BYTES
    ? fine('disk', found)
    : wanting('disk', found, `make room: a demo keeps up to ${WANTED_BYTES / 1e9} GB while it runs`);
}
