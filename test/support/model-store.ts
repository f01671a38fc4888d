import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ObjectStore } from '@isthmus/chassis';
import { bundleFileName, logProofFileName, type TrainResult } from '@isthmus/trainer';
import { motoServerPath, startMotoServer } from '../../services/chassis/src/objects/moto-server.fixture.js';

/** A store of programs, whose objects can be damaged behind its back. */
export interface ModelStore {
  readonly url: string;
  /** Changes one bit of a stored object. */
  damage(sha256: string): Promise<void>;
  close(): Promise<void>;
}

/** What {@link openModelStore} opens on this machine. */
export const modelStoreName =
  motoServerPath() === undefined ? "a folder (for S3: pip install 'moto[server]')" : 'an S3 server';

/** An S3 server where there is one, otherwise a folder. */
export async function openModelStore(folder: string): Promise<ModelStore> {
  const moto = motoServerPath();
  if (moto === undefined) return folderStore(folder);
  const server = await startMotoServer(moto);
  const endpoint = new URL(server.storeUrl).searchParams.get('endpoint') ?? '';
  const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=id/20260101/us-east-1/s3/aws4_request' };
  return {
    url: server.storeUrl,
    async damage(sha256) {
      const object = `${endpoint}/isthmus/objects/${sha256.slice(0, 2)}/${sha256}`;
      const bytes = new Uint8Array(await (await fetch(object, { headers })).arrayBuffer());
      const answer = await fetch(object, { method: 'PUT', headers, body: withOneBitChanged(bytes) });
      if (!answer.ok) throw new Error(`the object could not be changed: ${answer.status}`);
    },
    close: () => server.close(),
  };
}

function folderStore(folder: string): ModelStore {
  const url = pathToFileURL(folder).href;
  return {
    url,
    async damage(sha256) {
      const path = join(fileURLToPath(url), sha256.slice(0, 2), sha256);
      await writeFile(path, withOneBitChanged(new Uint8Array(await readFile(path))));
    },
    close: async () => {},
  };
}

function withOneBitChanged(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const changed = Uint8Array.from(bytes);
  changed[changed.length >> 1]! ^= 1;
  return changed;
}

/** Writes a model with its attestation to a folder, as `isthmus train` does. */
export async function writeModelFolder(
  folder: string,
  { files, attestation }: TrainResult,
  objects: ObjectStore,
): Promise<void> {
  const contents: [string, string | Uint8Array][] = attestation
    ? [
        [bundleFileName, attestation.bundle],
        [logProofFileName, attestation.logProof],
      ]
    : [];
  for (const { name, sha256 } of files) contents.push([name, await objects.get(sha256)]);
  for (const [name, content] of contents) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}
