import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A real S3 server for tests. */
export interface MotoServer {
  /** URL of a store in a fresh bucket. */
  readonly storeUrl: string;
  close(): Promise<void>;
}

/**
 * Where `moto_server` is: `pip install 'moto[server]'` puts it on the PATH, or into `.isthmus/venv` of the repository.
 * Undefined where it is not installed.
 */
export function motoServerPath(): string | undefined {
  const folders = [
    join(process.cwd(), '.isthmus', 'venv', 'bin'),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  return folders.map((folder) => join(folder, 'moto_server')).find((path) => existsSync(path));
}

/** Starts the server on a free loopback port and makes a bucket. */
export async function startMotoServer(path: string): Promise<MotoServer> {
  const port = await freePort();
  const child = spawn(path, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const endpoint = `http://127.0.0.1:${port}`;
  await makeBucket(endpoint, child);
  return {
    storeUrl: `s3://id:secret@isthmus/objects?endpoint=${encodeURIComponent(endpoint)}`,
    async close() {
      child.kill('SIGTERM');
      await new Promise((resolve) => child.once('exit', resolve));
    },
  };
}

async function makeBucket(endpoint: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (child.exitCode !== null) throw new Error('moto_server ended before it answered');
    const answer = await fetch(`${endpoint}/isthmus`, {
      method: 'PUT',
      headers: { authorization: 'AWS4-HMAC-SHA256 Credential=id/20260101/us-east-1/s3/aws4_request' },
    }).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(50);
  }
  throw new Error('moto_server does not answer');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}
