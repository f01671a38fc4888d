import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex } from '@isthmus/proof';

/**
 * Digests of the training programs that may be run: those listed, and those of every `*.mjs` file in the folders.
 * Throws an Error that names a folder that cannot be read.
 */
export async function readAllowedPrograms(
  digests: readonly string[],
  directories: readonly string[],
): Promise<ReadonlySet<string>> {
  const allowed = new Set(digests);
  for (const directory of directories) {
    const names = await readdir(directory).catch((cause: unknown) => {
      throw new Error(
        `The folder ${directory} of programs.directories cannot be read. Build the programs first.`,
        {
          cause,
        },
      );
    });
    for (const name of names.filter((name) => name.endsWith('.mjs'))) {
      allowed.add(sha256Hex(await readFile(join(directory, name))));
    }
  }
  return allowed;
}
