import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';

/** Folder of this test run, made before the first suite and removed after the last. */
export function runDirectory(): string {
  const directory = process.env.ISTHMUS_TEST_DIRECTORY;
  if (directory === undefined) throw new Error('jest did not run test/support/global-setup.js');
  return directory;
}

/** A fresh folder below the one of the run. */
export async function freshDirectory(name: string): Promise<string> {
  await mkdir(runDirectory(), { recursive: true });
  return mkdtemp(join(runDirectory(), `${name}-`));
}
