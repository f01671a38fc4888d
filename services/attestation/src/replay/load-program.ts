import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type KernelProfile, type ProgramBundle, sha256Hex } from '@isthmus/proof';

/** A training program that is ready to run, with the profile that its canary showed on this machine. */
export interface LoadedProgram {
  readonly bundle: ProgramBundle;
  readonly profile: KernelProfile;
}

/**
 * Loads a program from the bytes of its module. Only bytes of the digest that was asked for are ever run.
 *
 * @param folder private folder of this process, where the module is written for `import`
 * @throws Error where the bytes have another digest or the module exports no program of this interface
 */
export async function loadProgram(digest: string, bytes: Uint8Array, folder: string): Promise<LoadedProgram> {
  if (sha256Hex(bytes) !== digest) throw new Error(`The program's bytes do not have the digest ${digest}`);
  const path = join(folder, `${digest}.mjs`);
  await writeFile(path, bytes, { mode: 0o600 });
  const module: unknown = await import(pathToFileURL(path).href);
  const bundle = (module as { readonly bundle?: ProgramBundle }).bundle;
  if (bundle?.abi !== 1) throw new Error(`The module ${digest} exports no program bundle of version 1`);
  return { bundle, profile: await bundle.prepare() };
}

/** Names of the members in which two kernel profiles differ; none where the two give the same bits. */
export function profileDifferences(a: KernelProfile, b: KernelProfile): (keyof KernelProfile)[] {
  const members: readonly (keyof KernelProfile)[] = ['name', 'version', 'wasmSha256', 'canarySha256'];
  return members.filter((member) => a[member] !== b[member]);
}
