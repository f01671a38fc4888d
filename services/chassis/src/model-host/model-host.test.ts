import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Model, ModelState } from '@isthmus/proto/isthmus/model/v1/model.js';
import type { Operation } from '@isthmus/proto/isthmus/model/v1/operation.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { Admission } from '../admission/admission.js';
import { filesOf, storeModel, testTrust } from '../admission/attested-model.fixture.js';
import type { Database } from '../database/database.js';
import { openDatabase } from '../database/open-database.js';
import type { ObjectStore } from '../objects/object-store.js';
import { openObjectStore } from '../objects/open-object-store.js';
import { ModelRegistry } from '../registry/model-registry.js';
import { RequestLog } from '../registry/request-log.js';
import type { CallContext } from '../server/call-context.js';
import { startTelemetry } from '../telemetry/start-telemetry.js';
import { ModelHost } from './model-host.js';
import { modelServiceBinding } from './model-service.js';

const logger = pino({ level: 'silent' });
const telemetry = startTelemetry({ serviceName: 'host', otlpEndpoint: '' });

interface ToyModel {
  readonly text: string;
  isWarm: boolean;
  isClosed: boolean;
}

let folder: string;
let database: Database;
let objects: ObjectStore;
let requests: RequestLog;
let kind = '';
let kinds = 0;
const hosts: ModelHost<ToyModel>[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isthmus-host-'));
  database = await openDatabase({ url: '', directory: join(folder, 'database') }, logger);
  objects = openObjectStore(pathToFileURL(join(folder, 'objects')).href);
  requests = new RequestLog(database);
  await requests.open();
  await writeFile(join(folder, 'trust.json'), JSON.stringify(testTrust));
});
beforeEach(() => {
  kinds++;
  kind = `kind${kinds}`;
});
afterAll(async () => {
  for (const host of hosts) await host.stop();
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A replica of the program of this test. */
async function replica(opening: () => Promise<void> = async () => undefined, pollMs = 5_000) {
  const registry = new ModelRegistry(database, kind);
  await registry.open();
  const admission = new Admission(
    { mode: 'enforce', trustFile: join(folder, 'trust.json') },
    { objects, logger, telemetry },
  );
  const opened: ToyModel[] = [];
  const host = new ModelHost<ToyModel>({
    registry,
    objects,
    admission,
    telemetry,
    logger,
    pollMs,
    async open(files) {
      await opening();
      const { text } = JSON.parse(Buffer.from(files.get('model.json') ?? []).toString());
      if (text === 'foreign') throw new Error('no such layer');
      const model = { text, isWarm: false, isClosed: false };
      opened.push(model);
      return model;
    },
    async warm(model) {
      model.isWarm = true;
    },
    close(model) {
      model.isClosed = true;
    },
  });
  hosts.push(host);
  return { host, opened, service: serviceOf(host) };
}

/** The handlers of the service, called as the server calls them. */
function serviceOf(host: ModelHost<ToyModel>) {
  const { handlers } = modelServiceBinding(host, requests);
  const call = { method: '', signal: new AbortController().signal } as unknown as CallContext;
  const unary = (name: string, request: object) =>
    // biome-ignore lint/suspicious/noExplicitAny: handlers have forgotten their types
    (handlers[name] as any)(request, { ...call, method: `/${kind}/${name}` }) as Promise<any>;
  return {
    list: (request = {}): Promise<{ models: Model[]; nextPageToken: string }> =>
      unary('listModels', { pageSize: 0, pageToken: '', ...request }),
    load: (request: object): Promise<{ operation: Operation }> =>
      unary('loadModel', { bundleDigest: '', logProofDigest: '', labels: [], requestId: '', ...request }),
    unload: (request: object): Promise<{ model: Model }> =>
      unary('unloadModel', { requestId: '', ...request }),
    setLabel: (request: object): Promise<{ model: Model }> =>
      unary('setLabel', { requestId: '', ...request }),
    get: (model: object): Promise<{ model: Model }> => unary('getModel', { model }),
    operation: (id: string): Promise<{ operation: Operation }> => unary('getOperation', { id }),
    async watch(id: string): Promise<Operation[]> {
      const seen: Operation[] = [];
      // biome-ignore lint/suspicious/noExplicitAny: as above
      for await (const { operation } of (handlers.watchOperation as any)({ id }, call)) seen.push(operation);
      return seen;
    },
  };
}

const stored = (text: string) => storeModel(objects, filesOf(text));
const version = (value: string, name = 'm') => ({ name, choice: { $case: 'version' as const, value } });
const label = (value: string, name = 'm') => ({ name, choice: { $case: 'label' as const, value } });

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('what was waited for did not happen');
}

function textOf(host: ModelHost<ToyModel>, spec: Parameters<ModelHost<ToyModel>['acquire']>[0]): string {
  const lease = host.acquire(spec);
  lease.release();
  return lease.model.text;
}

describe('ModelHost', () => {
  it('serves the models of the configuration once it has started', async () => {
    const { host } = await replica();
    const one = await stored('one');
    await host.start([{ name: 'm', version: '1', ...one, labels: ['stable'] }]);
    const lease = host.acquire(undefined);
    expect(lease.model).toEqual({ text: 'one', isWarm: true, isClosed: false });
    expect(lease.identity).toMatchObject({ name: 'm', version: '1', digest: one.digest });
    expect(lease.identity.attestationId).toMatch(/^[0-9a-f]{64}$/);
    lease.release();
    for (const spec of [
      { name: 'm', choice: undefined },
      { name: '', choice: undefined },
      version('1'),
      label('stable'),
      { name: 'm', choice: { $case: 'digest' as const, value: one.digest } },
    ]) {
      expect(textOf(host, spec)).toBe('one');
    }
  });

  it('says what is wrong with a model spec', async () => {
    const { host } = await replica();
    await host.start([{ name: 'm', version: '1', ...(await stored('one')), labels: [] }]);
    expect(() => host.acquire({ name: 'other', choice: undefined })).toThrow(
      expect.objectContaining({ reason: 'MODEL_NOT_FOUND' }),
    );
    expect(() => host.acquire(version('2'))).toThrow(
      expect.objectContaining({ reason: 'MODEL_VERSION_NOT_FOUND' }),
    );
    expect(() => host.acquire(label('stable'))).toThrow(
      expect.objectContaining({ reason: 'MODEL_LABEL_NOT_FOUND', metadata: { name: 'm', label: 'stable' } }),
    );
    expect(() => host.acquire({ name: 'm', choice: { $case: 'digest', value: 'a'.repeat(64) } })).toThrow(
      expect.objectContaining({ reason: 'MODEL_VERSION_NOT_FOUND' }),
    );
  });

  it('does not start with a model that was tampered with', async () => {
    const { host } = await replica();
    const model = await storeModel(objects, filesOf('tampered'), { attested: filesOf('original') });
    await expect(host.start([{ name: 'm', version: '1', ...model, labels: [] }])).rejects.toMatchObject({
      reason: 'MODEL_ALTERED',
    });
    expect(host.models()[0]).toMatchObject({ state: ModelState.MODEL_STATE_FAILED });
    expect(() => host.acquire(version('1'))).toThrow(
      expect.objectContaining({
        reason: 'MODEL_NOT_READY',
        message: expect.stringContaining('is not what was attested'),
      }),
    );
  });

  it('loads a version beside the running one, and frees the old one with its last lease', async () => {
    const { host, opened, service } = await replica();
    await host.start([{ name: 'm', version: '1', ...(await stored('one')), labels: ['stable'] }]);
    const held = host.acquire(undefined);
    const { operation } = await service.load({
      name: 'm',
      version: '2',
      ...(await stored('two')),
      labels: ['stable'],
    });
    const seen = await service.watch(operation.id);
    expect(seen.at(-1)).toMatchObject({ done: true, error: undefined });
    expect([...new Set(seen.map(({ stage }) => stage))]).toEqual(expect.arrayContaining(['publish', 'done']));
    expect(textOf(host, undefined)).toBe('two');
    expect(held.model.text).toBe('one');
    await service.unload({ name: 'm', version: '1' });
    expect(opened[0]?.isClosed).toBe(false);
    expect(() => host.acquire(version('1'))).toThrow(expect.objectContaining({ reason: 'MODEL_NOT_READY' }));
    held.release();
    held.release();
    expect(opened[0]?.isClosed).toBe(true);
    expect((await service.list()).models.map(({ identity }) => identity?.version)).toEqual(['2']);
  });

  it('moves all replicas together, each when it is ready', async () => {
    const first = await replica();
    const one = { name: 'm', version: '1', ...(await stored('one')), labels: ['stable'] };
    await first.host.start([one]);
    const slow = await replica(() => new Promise((resolve) => setTimeout(resolve, 20)));
    await slow.host.start();
    expect(textOf(slow.host, undefined)).toBe('one');

    const two = { name: 'm', version: '2', ...(await stored('two')), labels: ['stable'] };
    await first.host.operations.wait(first.host.load(two).id);
    await until(() => textOf(slow.host, undefined) === 'two');
    await first.service.setLabel({ name: 'm', label: 'stable', version: '1' });
    expect(textOf(first.host, undefined)).toBe('one');
    await until(() => textOf(slow.host, undefined) === 'one');
    await first.service.unload({ name: 'm', version: '2' });
    await until(() => slow.host.models().length === 1);

    // A replica that starts with an old configuration does not undo what was set since.
    await first.host.operations.wait(first.host.load(two).id);
    const late = await replica();
    await late.host.start([one]);
    expect(textOf(late.host, undefined)).toBe('two');
  });

  it('answers from the version before until the next one is ready here', async () => {
    const first = await replica();
    await first.host.start([{ name: 'm', version: '1', ...(await stored('one')), labels: ['stable'] }]);
    let gate = Promise.resolve();
    let open: () => void = () => undefined;
    const slow = await replica(() => gate);
    await slow.host.start();
    gate = new Promise((resolve) => {
      open = resolve;
    });
    const two = { name: 'm', version: '2', ...(await stored('two')), labels: ['stable', 'canary'] };
    await first.host.operations.wait(first.host.load(two).id);
    await until(() => slow.host.models().length === 2);
    expect(textOf(slow.host, undefined)).toBe('one');
    expect(() => slow.host.acquire(label('canary'))).toThrow(
      expect.objectContaining({ reason: 'MODEL_NOT_READY' }),
    );
    open();
    await until(() => textOf(slow.host, undefined) === 'two');
  });

  it('tries a registered version again that could not be loaded', async () => {
    const first = await replica();
    const one = await stored('returning');
    await first.host.start([{ name: 'm', version: '1', ...one, labels: ['stable'] }]);
    const path = join(folder, 'objects', one.digest.slice(0, 2), one.digest);
    const content = await readFile(path);
    await rm(path);
    const second = await replica(undefined, 20);
    await second.host.start();
    expect(second.host.models()[0]).toMatchObject({
      state: ModelState.MODEL_STATE_FAILED,
      failure: expect.stringContaining(one.digest),
    });
    await writeFile(path, content);
    await until(() => second.host.models()[0]?.state === ModelState.MODEL_STATE_READY);
    expect(textOf(second.host, undefined)).toBe('returning');
  });
});

describe('modelServiceBinding', () => {
  it('answers a repeated load with the same operation, and refuses its id for another', async () => {
    const { host, opened, service } = await replica();
    await host.start();
    const request = { name: 'm', version: '1', ...(await stored('one')), requestId: 'b9c1' };
    const [a, b] = await Promise.all([service.load(request), service.load(request)]);
    expect(a.operation.id).toBe(b.operation.id);
    await host.operations.wait(a.operation.id);
    expect((await service.load(request)).operation).toMatchObject({ id: a.operation.id, done: true });
    expect(opened).toHaveLength(1);
    await expect(service.load({ ...request, version: '2' })).rejects.toMatchObject({
      reason: 'REQUEST_ID_REUSED',
    });
  });

  it('refuses other files under a version that is taken', async () => {
    const { host, service } = await replica();
    await host.start([{ name: 'm', version: '1', ...(await stored('one')), labels: [] }]);
    const other = await stored('two');
    await expect(service.load({ name: 'm', version: '1', ...other })).rejects.toMatchObject({
      reason: 'MODEL_VERSION_EXISTS',
    });
    const { operation } = await service.load({
      name: 'm',
      version: '1',
      ...(await stored('one')),
      labels: ['again'],
    });
    await host.operations.wait(operation.id);
    expect(textOf(host, label('again'))).toBe('one');
  });

  it.each([
    ['labels[1]', { labels: ['fine', 'No'] }],
    ['version', { version: 'a\0b' }],
  ])('refuses a load with a bad %s', async (field, change) => {
    const { service } = await replica();
    await expect(
      service.load({ name: 'm', version: '1', digest: 'a'.repeat(64), ...change }),
    ).rejects.toMatchObject({ reason: 'FIELD_INVALID', metadata: { field } });
  });

  it('loads a version again that is still being left', async () => {
    const { host, opened, service } = await replica();
    const one = { name: 'm', version: '1', ...(await stored('one')), labels: [] };
    await host.start([one]);
    const held = host.acquire(version('1'));
    await service.unload({ name: 'm', version: '1' });
    expect((await service.list()).models[0]?.state).toBe(ModelState.MODEL_STATE_UNLOADING);
    await host.operations.wait(host.load(one).id);
    expect(textOf(host, version('1'))).toBe('one');
    held.release();
    expect(opened.map(({ isClosed }) => isClosed)).toEqual([true, false]);
    expect((await service.list()).models).toHaveLength(1);
  });

  it('frees a model that was unloaded while it was loading', async () => {
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const first = await replica();
    await first.host.start([{ name: 'm', version: '1', ...(await stored('one')), labels: [] }]);
    const slow = await replica(() => gate);
    const starting = slow.host.start();
    await until(() => slow.host.models().length === 1);
    await first.service.unload({ name: 'm', version: '1' });
    await until(() => slow.host.models()[0]?.state === ModelState.MODEL_STATE_UNLOADING);
    open();
    await starting;
    expect(slow.host.models()).toEqual([]);
    expect(slow.opened.map(({ isClosed }) => isClosed)).toEqual([true]);
  });

  it('keeps a failed load with its reason, and takes it off on request', async () => {
    const { host, service } = await replica();
    await host.start();
    const { operation } = await service.load({ name: 'm', version: '1', ...(await stored('foreign')) });
    const seen = await service.watch(operation.id);
    expect(seen.at(-1)).toMatchObject({ done: true, error: { code: 9 } });
    expect(seen.at(-1)?.error?.message).toContain('no such layer');
    expect((await service.get(version('1'))).model.failure).toContain('no such layer');
    await service.unload({ name: 'm', version: '1' });
    expect((await service.list()).models).toEqual([]);
  });

  it('moves labels to ready versions only, and keeps versions that carry one', async () => {
    const { host, service } = await replica();
    await host.start([{ name: 'm', version: '1', ...(await stored('one')), labels: ['stable'] }]);
    const { model } = await service.setLabel({ name: 'm', label: 'canary', version: '1', requestId: 'c4' });
    expect(model.labels).toEqual(['canary', 'stable']);
    expect(await service.setLabel({ name: 'm', label: 'canary', version: '1', requestId: 'c4' })).toEqual({
      model,
    });
    await expect(service.setLabel({ name: 'm', label: 'canary', version: '7' })).rejects.toMatchObject({
      reason: 'MODEL_VERSION_NOT_FOUND',
    });
    await expect(service.setLabel({ name: 'x', label: 'canary', version: '1' })).rejects.toMatchObject({
      reason: 'MODEL_NOT_FOUND',
    });
    await expect(service.unload({ name: 'm', version: '1' })).rejects.toMatchObject({
      reason: 'MODEL_IN_USE',
      metadata: { labels: 'canary, stable' },
    });
    await expect(service.unload({ name: 'm', version: '7' })).rejects.toMatchObject({
      reason: 'MODEL_VERSION_NOT_FOUND',
    });
  });

  it('lists in pages', async () => {
    const { host, service } = await replica();
    const model = await stored('one');
    const names = ['a', 'b', 'c', 'd', 'e'];
    await host.start(names.map((name) => ({ name, version: '1', ...model, labels: [] })));
    const seen: string[] = [];
    let pageToken = '';
    do {
      const page = await service.list({ pageSize: 2, pageToken });
      expect(page.models.length).toBeLessThanOrEqual(2);
      seen.push(...page.models.map(({ identity }) => identity?.name ?? ''));
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
    expect(seen).toEqual(names);
    await expect(service.list({ pageToken: 'bm9uZQ' })).rejects.toMatchObject({
      reason: 'PAGE_TOKEN_INVALID',
    });
  });

  it('does not know operations of another time', async () => {
    const { service } = await replica();
    await expect(service.operation('gone')).rejects.toMatchObject({ reason: 'OPERATION_NOT_FOUND' });
    await expect(service.watch('gone')).rejects.toMatchObject({ reason: 'OPERATION_NOT_FOUND' });
  });
});
