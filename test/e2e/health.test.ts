import { execFile } from 'node:child_process';
import { copyFile, open, readFile, rename, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { connect, IsthmusError } from '@isthmus/chassis';
import { RetrievalServiceClient, RetrieveRequest } from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HealthClient, type HealthStatus } from '../support/health-client.js';
import type { ProgramProcess } from '../support/program-process.js';
import { SuiteMesh } from '../support/suite-mesh.js';

let mesh: SuiteMesh;

beforeAll(async () => {
  mesh = await SuiteMesh.create('health');
}, 600_000);

afterAll(async () => {
  await mesh?.remove();
}, 180_000);

const retrieve = RetrieveRequest.fromPartial({ model: { name: 'gemirec' }, user: {}, k: 1 });

describe('the health of a program', () => {
  let program: ProgramProcess;
  const beforeServing: (HealthStatus | 'unreachable')[] = [];

  it('is not serving before its models answer', async () => {
    const address = `127.0.0.1:${await freePort()}`;
    const held = await heldObject();
    const starting = mesh.start('retrieval', {
      'admin.address': address,
      'objects.url': held.objectsUrl,
      'server.drainDelayMs': 3000,
      models: JSON.stringify([mesh.retrievalModel]),
    });
    for (let last: string | undefined; last !== 'SERVING'; ) {
      // A connection of its own for each question: none waits for a broken one to be tried again.
      const health = connect(HealthClient, address, {
        credentials: 'plaintext',
        retry: { maxAttempts: 1 },
        channelOptions: { 'grpc.use_local_subchannel_pool': 1 },
      });
      last = await health.check({ service: '' }, { deadlineMs: 500 }).then(
        ({ status }) => status,
        () => 'unreachable' as const,
      );
      health.close();
      beforeServing.push(last as HealthStatus);
      if (last === 'NOT_SERVING') await held.release();
      await sleep(5);
    }
    program = await starting;
    expect(new Set(beforeServing)).toEqual(new Set(['unreachable', 'NOT_SERVING', 'SERVING']));
    const { hits } = await mesh.connect(RetrievalServiceClient, program.address).retrieve(retrieve);
    expect(hits).toHaveLength(1);
  });

  it.each([
    '',
    'isthmus.retrieval.v1.RetrievalService',
    'isthmus.retrieval.v1.CatalogueService',
    'isthmus.model.v1.ModelService',
  ])('serves %j on both ports', async (service) => {
    for (const address of [program.address, program.adminAddress])
      expect(await mesh.connect(HealthClient, address).check({ service })).toEqual({ status: 'SERVING' });
  });

  it('knows of no service that it does not offer', async () => {
    const health = mesh.connect(HealthClient, program.adminAddress);
    const service = 'isthmus.attestation.v1.ProofService';
    await expect(health.check({ service })).rejects.toMatchObject({ code: 5 });
    for await (const { status } of health.watch({ service })) {
      expect(status).toBe('SERVICE_UNKNOWN');
      break;
    }
  });

  it('tells who watches that the program ends, before calls are refused', async () => {
    const service = 'isthmus.retrieval.v1.RetrievalService';
    const client = mesh.connect(RetrievalServiceClient, program.address);
    const seen: string[] = [];
    const watching = (async () => {
      for await (const { status } of mesh.connect(HealthClient, program.adminAddress).watch({ service })) {
        seen.push(status);
        // The program still answers for its drain delay: balancers have not heard yet.
        if (status === 'NOT_SERVING') seen.push((await client.retrieve(retrieve)).hits[0] ? 'answered' : '');
      }
    })().catch((error: unknown) => seen.push(error instanceof IsthmusError ? error.reason : String(error)));
    while (seen.length === 0) await sleep(10);
    expect(await program.stop()).toBe(0);
    await watching;
    expect(seen).toEqual(['SERVING', 'NOT_SERVING', 'answered', 'DRAINING']);
  });
});

/**
 * The objects of the mesh, one file of the retrieval model being a pipe that gives nothing until it is released: a program
 * that loads the model waits as long.
 */
async function heldObject(): Promise<{ readonly objectsUrl: string; release(): Promise<void> }> {
  const from = fileURLToPath(mesh.small.objectsUrl);
  const folder = join(mesh.directory, 'held-objects');
  await promisify(execFile)('cp', ['-r', from, folder]);
  const { sha256 } = mesh.small.retrieval.files[0]!;
  const [pipe, original] = [folder, from].map((root) => join(root, sha256.slice(0, 2), sha256)) as [
    string,
    string,
  ];
  await rm(pipe);
  await promisify(execFile)('mkfifo', [pipe]);
  let released: Promise<void> | undefined;
  return {
    objectsUrl: pathToFileURL(folder).href,
    release() {
      released ??= (async () => {
        await copyFile(original, `${pipe}.whole`);
        const reader = await open(pipe, 'w');
        await rename(`${pipe}.whole`, pipe);
        await reader.writeFile(await readFile(original));
        await reader.close();
      })();
      return released;
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}
