import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { ModelServiceClient } from '@isthmus/proto/isthmus/model/v1/model_service.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { filesOf, storeModel, testTrust } from '../admission/attested-model.fixture.js';
import { connect } from '../client/connect.js';
import { openObjectStore } from '../objects/open-object-store.js';

/** A program that serves models and nothing else, on the built chassis. */
const program = `
  import { defineConfiguration, modelsOption, openModelHost, runProgram } from '@isthmus/chassis';
  await runProgram({
    name: 'toy',
    configuration: defineConfiguration({ models: modelsOption }),
    async start(context) {
      const { host, binding } = await openModelHost(context, 'toy', {
        open: async (files) => JSON.parse(Buffer.from(files.get('model.json')).toString()),
      });
      return { services: [], adminServices: [binding], ready: host.start(context.configuration.models) };
    },
  });
`;

let folder: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isthmus-program-'));
  await writeFile(join(folder, 'trust.json'), JSON.stringify(testTrust));
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

function start(models: object[]) {
  const flags = [
    `--data.directory=${folder}`,
    '--server.drainDelayMs=0',
    '--tls.mode=off',
    '--log.level=error',
    `--models=${JSON.stringify(models)}`,
  ];
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, '--', 'toy', ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const serving = new Promise<{ adminAddress: string }>((resolve, reject) => {
    createInterface(child.stdout).once('line', (line) => resolve(JSON.parse(line)));
    void ended.then((code) => reject(new Error(`ended with ${code}: ${errors}`)));
  });
  serving.catch(() => undefined);
  return { child, ended, serving, errors: () => errors };
}

async function versionsOf(address: string): Promise<string[]> {
  const client = connect(ModelServiceClient, address, { credentials: 'plaintext' });
  const { models } = await client.listModels({ pageSize: 0, pageToken: '' });
  client.close();
  return models.map(({ identity, labels }) => `${identity?.version} ${labels.join(' ')}`.trim());
}

describe('a program with models', () => {
  it('starts its own database, shares it and the registry with a second one, and stops both', async () => {
    const objects = openObjectStore(pathToFileURL(join(folder, 'objects')).href);
    const one = { name: 'm', version: '1', ...(await storeModel(objects, filesOf('one'))) };
    const two = { name: 'm', version: '2', ...(await storeModel(objects, filesOf('two'))) };
    const first = start([one]);
    const { adminAddress } = await first.serving;
    const second = start([]);
    const other = (await second.serving).adminAddress;
    expect(await versionsOf(other)).toEqual(['1 stable']);

    const client = connect(ModelServiceClient, other, { credentials: 'plaintext' });
    const { operation } = await client.loadModel({ ...two, labels: ['stable'], requestId: 'a' });
    let last: boolean | undefined;
    for await (const state of client.watchOperation({ id: operation?.id ?? '' }))
      last = state.operation?.done;
    expect(last).toBe(true);
    client.close();
    for (const address of [other, adminAddress]) {
      for (let attempt = 0; attempt < 200; attempt++) {
        if ((await versionsOf(address)).includes('2 stable')) break;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      expect(await versionsOf(address)).toEqual(['1', '2 stable']);
    }

    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(await versionsOf(other)).toEqual(['1', '2 stable']);
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
    expect(existsSync(join(folder, 'database', 'data', 'postmaster.pid'))).toBe(false);
  });

  it('does not start with a tampered model, and says why', async () => {
    const objects = openObjectStore(pathToFileURL(join(folder, 'objects')).href);
    const model = await storeModel(objects, filesOf('tampered'), { attested: filesOf('original') });
    const refused = start([{ name: 'm', version: '9', ...model }]);
    expect(await refused.ended).toBe(1);
    expect(refused.errors()).toContain('is not what was attested');
  });
});
