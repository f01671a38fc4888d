import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ProgramBackend } from '@isthmus/proof';

/** What is used of tfjs-node. */
interface TensorflowModule {
  readonly version: Readonly<Record<string, string>>;
  backend(): { readonly binding: { readonly TF_Version: string } };
}

/**
 * Loads tfjs-node into this process, which registers native TensorFlow with tfjs under the name `tensorflow`. It is looked for
 * among the packages of the working directory and in `.isthmus/tensorflow`. Throws an Error that says how to install it.
 */
export async function openTensorflow(directory = process.cwd()): Promise<ProgramBackend> {
  const folder = [directory, resolve(directory, '.isthmus/tensorflow')]
    .map((place) => join(place, 'node_modules/@tensorflow/tfjs-node'))
    .find((place) => existsSync(place));
  if (folder === undefined)
    throw new Error(
      'tfjs-node is not installed: npm i @tensorflow/tfjs-node, or run .ci/tensorflow on Linux',
    );
  const load = createRequire(join(folder, 'package.json'));
  mendUtil(load('node:util') as Record<string, unknown>);
  const { version, backend } = load(folder) as TensorflowModule;
  return {
    name: 'tensorflow',
    version: `${version['tfjs-core']}+tf${backend().binding.TF_Version}`,
    binarySha256: await digestOf(join(folder, 'lib/napi-v8/tfjs_binding.node')),
  };
}

/** tfjs-node 4.22 calls what Node 23 took away. */
function mendUtil(util: Record<string, unknown>): void {
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  util.isArray ??= Array.isArray;
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
