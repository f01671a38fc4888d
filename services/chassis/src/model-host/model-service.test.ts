import { readFile, rm, writeFile } from 'node:fs/promises';
import { ModelState } from '@isthmus/proto/isthmus/model/v1/model.js';
import { describe, expect, it } from '@jest/globals';
import { hostBench, label, textOf, until, version } from './host-bench.fixture.js';

const { replica, stored, objectPath } = hostBench();

describe('modelServiceBinding', () => {
  it('says of every replica what it makes of a version, and forgets those that stopped', async () => {
    const first = await replica();
    await first.host.start([{ name: 'm', version: '1', ...(await stored('one')), labels: ['stable'] }]);
    let open: () => void = () => undefined;
    let gate: Promise<void> = Promise.resolve();
    const slow = await replica(() => gate);
    await slow.host.start();
    const statesOf = async (value: string) => {
      const { model } = await first.service.get(version(value));
      return model.replicas.map(({ state, labels }) =>
        `${ModelState[state].slice(12)} ${labels.join()}`.trim(),
      );
    };
    await until(async () => String(await statesOf('1')) === 'READY stable,READY stable');

    gate = new Promise((resolve) => {
      open = resolve;
    });
    const { operation } = await first.service.load({
      name: 'm',
      version: '2',
      ...(await stored('two')),
      labels: ['canary'],
    });
    await first.host.operations.wait(operation.id);
    await until(async () => String((await statesOf('2')).sort()) === 'LOADING,READY canary');
    open();
    await until(async () => String(await statesOf('2')) === 'READY canary,READY canary');
    const { models } = await slow.service.list();
    expect(models.map(({ replicas }) => replicas.length)).toEqual([2, 2]);
    await slow.host.stop();
    expect(await statesOf('2')).toEqual(['READY canary']);
  });

  it('begins a repeated load again where the first one failed, and moves no label back', async () => {
    const { host, service } = await replica();
    await host.start();
    const one = await stored('repeated');
    const request = { name: 'm', version: '1', ...one, labels: ['stable'], requestId: 'd7' };
    const path = objectPath(one.digest);
    const content = await readFile(path);
    await rm(path);
    const { operation } = await service.load(request);
    await expect(host.operations.wait(operation.id)).rejects.toMatchObject({ reason: 'OBJECT_NOT_FOUND' });
    await writeFile(path, content);
    await host.operations.wait((await service.load(request)).operation.id);
    expect(textOf(host, undefined)).toBe('repeated');

    await host.operations.wait(
      host.load({ name: 'm', version: '2', ...(await stored('two')), labels: ['stable'] }).id,
    );
    const other = await replica();
    await other.host.start();
    // Where the operation of the first time is not known, the version is seen to, and nothing else.
    const again = await other.service.load(request);
    await other.host.operations.wait(again.operation.id);
    expect(textOf(other.host, undefined)).toBe('two');
  });

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
