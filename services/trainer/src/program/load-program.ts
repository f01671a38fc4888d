import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { KernelProfile, ProgramBackend, ProgramBundle } from '@isthmus/proof';
import { kernelThreads } from './kernel-threads.js';

/** A program that is ready to run in this process. */
export interface LoadedProgram {
  /** SHA-256 of its bytes, hexadecimal. */
  readonly digest: string;
  readonly bytes: Uint8Array;
  readonly bundle: ProgramBundle;
  /** The arithmetic that it found here. */
  readonly kernelProfile: KernelProfile;
}

/**
 * Loads a program from the bytes of its bundle and readies its kernels. The bytes go to a private folder under the
 * name of their digest, so that what runs is what was hashed, whatever happens to the file that they came from.
 *
 * @param backend tensor backend of this process in place of the program's own kernels
 *
 * Throws an Error where the digest differs from `expectedDigest`, or where the module is no program of this interface.
 */
export async function loadProgram(
  bytes: Uint8Array,
  expectedDigest?: string,
  backend?: ProgramBackend,
): Promise<LoadedProgram> {
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (expectedDigest !== undefined && digest !== expectedDigest)
    throw new Error(`the program's digest is ${digest}, not ${expectedDigest}`);
  const bundle = requireBundle(await importBytes(bytes, digest));
  return {
    digest,
    bytes,
    bundle,
    kernelProfile: await bundle.prepare({ ...kernelThreads(), ...(backend && { backend }) }),
  };
}

async function importBytes(bytes: Uint8Array, digest: string): Promise<Record<string, unknown>> {
  const folder = await mkdtemp(join(tmpdir(), 'isthmus-program-'));
  try {
    const path = join(folder, `${digest}.mjs`);
    await writeFile(path, bytes, { mode: 0o600 });
    return await import(pathToFileURL(path).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function requireBundle(module: Record<string, unknown>): ProgramBundle {
  const bundle = module.bundle as Partial<ProgramBundle> | undefined;
  if (typeof bundle !== 'object' || bundle === null || typeof bundle.prepare !== 'function')
    throw new Error('the module does not export a training program under the name `bundle`');
  if (bundle.abi !== 1)
    throw new Error(`the program wants interface ${String(bundle.abi)}; this trainer has 1`);
  return bundle as ProgramBundle;
}
