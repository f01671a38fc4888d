import { readFile, rm, writeFile } from 'node:fs/promises';
import { ModelState } from '@isthmus/proto/isthmus/model/v1/model.js';
import { describe, expect, it } from '@jest/globals';
import { hostBench, label, textOf, until, version } from './host-bench.fixture.js';

const { replica, stored, objectPath } = hostBench();

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
    const model = await stored('tampered', 'original');
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

  it('serves only when the label that requests mean answers, and tries again until it does', async () => {
    const first = await replica();
    const one = await stored('returning');
    await first.host.start([{ name: 'm', version: '1', ...one, labels: ['stable'] }]);
    const path = objectPath(one.digest);
    const content = await readFile(path);
    await rm(path);
    const second = await replica(undefined, 20);
    let isServing = false;
    const starting = second.host.start().then(() => {
      isServing = true;
    });
    await until(() => {
      const [model] = second.host.models();
      return model?.failureReason === 'OBJECT_NOT_FOUND' && model.failure.includes(one.digest);
    });
    expect(isServing).toBe(false);
    await writeFile(path, content);
    await starting;
    expect(textOf(second.host, undefined)).toBe('returning');
  });

  it('is not held back by a version that carries another label, and loads it when it can', async () => {
    const first = await replica();
    await first.host.start([{ name: 'm', version: '1', ...(await stored('one')), labels: ['stable'] }]);
    const two = await stored('altered later');
    await first.host.operations.wait(
      first.host.load({ name: 'm', version: '2', ...two, labels: ['canary'] }).id,
    );
    const path = objectPath(two.digest);
    const content = await readFile(path);
    await writeFile(path, content.subarray(1));
    const second = await replica(undefined, 20);
    await second.host.start();
    expect(textOf(second.host, undefined)).toBe('one');
    // It fails again and again meanwhile.
    await until(() => second.host.models()[1]?.failureReason === 'MODEL_ALTERED');
    expect(textOf(first.host, label('canary'))).toBe('altered later');
    await writeFile(path, content);
    await until(() => second.host.models()[1]?.state === ModelState.MODEL_STATE_READY);
    expect(textOf(second.host, label('canary'))).toBe('altered later');
  });

  it('stops while it still waits for a model', async () => {
    const first = await replica();
    const one = await stored('gone for good');
    await first.host.start([{ name: 'm', version: '1', ...one, labels: ['stable'] }]);
    await rm(objectPath(one.digest));
    const second = await replica();
    const starting = second.host.start();
    await until(() => second.host.models()[0]?.state === ModelState.MODEL_STATE_FAILED);
    await second.host.stop();
    await starting;
  });
});
