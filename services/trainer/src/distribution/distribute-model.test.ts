import { failure, toStatusProto } from '@isthmus/chassis';
import { ModelState } from '@isthmus/proto/isthmus/model/v1/model.js';
import { describe, expect, it } from '@jest/globals';
import { absent, fakeModels, versionOn } from '../testing/fake-models.js';
import { awaitReplicas } from './await-replicas.js';
import { distributeModel, isRejection } from './distribute-model.js';
import { listVersions } from './list-versions.js';
import { loadVersion, requestIdOf } from './load-version.js';
import { moveLabel } from './move-label.js';

const { MODEL_STATE_READY, MODEL_STATE_LOADING, MODEL_STATE_PENDING, MODEL_STATE_FAILED } = ModelState;
const named = { name: 'm', version: '1' };
const source = { ...named, digest: 'ab'.repeat(32), bundleDigest: '', logProofDigest: '', parts: [] };
const patience = { deadlineMs: 20_000 };
const isReady = ({ state }: { state: ModelState }) => state === MODEL_STATE_READY;

describe('requestIdOf', () => {
  it('is the same UUID for the same content, and another one for another', () => {
    const id = requestIdOf({ name: 'm', version: '1' });
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(requestIdOf({ name: 'm', version: '1' })).toBe(id);
    expect(requestIdOf({ name: 'm', version: '2' })).not.toBe(id);
  });
});

describe('loadVersion', () => {
  it('follows the load to its end and moves no label', async () => {
    const place = fakeModels({ operations: [{ stage: 'queued' }, { stage: 'verify' }, { done: true }] });
    const stages: string[] = [];
    await loadVersion(place, source, patience, (stage) => stages.push(stage));
    expect(stages).toEqual(['queued', 'verify']);
    expect(place.loads).toMatchObject([{ name: 'm', labels: [], requestId: expect.stringMatching(/-8/) }]);
  });

  it('throws why the load failed', async () => {
    const error = toStatusProto(failure('MODEL_ALTERED', 'tensors.bin is not what was attested.'));
    const loading = loadVersion(fakeModels({ operations: [{}, { done: true, error }] }), source, patience);
    await expect(loading).rejects.toMatchObject({ reason: 'MODEL_ALTERED' });
    await loading.catch((thrown) => expect(isRejection(thrown)).toBe(true));
  });

  it('leaves it to the state of the version where the operation is not known any more', async () => {
    const place = fakeModels({ operations: [{}, absent('OPERATION_NOT_FOUND')] });
    await expect(loadVersion(place, source, patience)).resolves.toBeUndefined();
  });
});

describe('awaitReplicas', () => {
  it('waits until every replica has it, and tells how many do', async () => {
    const place = fakeModels({
      versions: [
        absent('MODEL_VERSION_NOT_FOUND'),
        versionOn({ a: {}, b: { state: MODEL_STATE_PENDING } }),
        versionOn({ a: {}, b: { state: MODEL_STATE_LOADING } }),
        versionOn({ a: {}, b: {} }),
      ],
    });
    const told: string[] = [];
    const replicas = await awaitReplicas(place, named, isReady, patience, ({ ready, total }) =>
      told.push(`${ready}/${total}`),
    );
    expect(replicas.map(({ host }) => host)).toEqual(['a', 'b']);
    expect(told).toEqual(['0/0', '1/2', '2/2']);
  });

  it('believes a replica that failed only when it had time to try again', async () => {
    const failed = { state: MODEL_STATE_FAILED, failure: 'Damaged.', failureReason: 'MODEL_ALTERED' };
    const mended = fakeModels({ versions: [versionOn({ a: {}, b: failed }), versionOn({ a: {}, b: {} })] });
    await expect(awaitReplicas(mended, named, isReady, patience)).resolves.toHaveLength(2);
    const broken = fakeModels({ versions: [versionOn({ a: {}, b: failed })] });
    await expect(awaitReplicas(broken, named, isReady, { ...patience, retryMs: 100 })).rejects.toMatchObject({
      reason: 'MODEL_ALTERED',
      message: expect.stringMatching(/^b \(id-of-b\).*Damaged/),
    });
  });

  it('names who is not there when the time is over', async () => {
    const place = fakeModels({ versions: [versionOn({ a: {}, b: { state: MODEL_STATE_LOADING } })] });
    await expect(awaitReplicas(place, named, isReady, { deadlineMs: 50 })).rejects.toMatchObject({
      reason: 'DEADLINE_EXCEEDED',
      message: expect.stringContaining('b (id-of-b) loading'),
    });
  });

  it('does not wait for somebody who may not ask', async () => {
    const place = fakeModels({ versions: [failure('ROLE_REQUIRED', 'No operator.')] });
    await expect(awaitReplicas(place, named, isReady, patience)).rejects.toMatchObject({
      reason: 'ROLE_REQUIRED',
    });
  });
});

describe('moveLabel', () => {
  it('says where the label was, each time with an id of its own', async () => {
    const before = versionOn({}, { identity: { name: 'm', version: '0' } });
    const place = fakeModels({ versions: [versionOn({ a: {}, b: {} })], label: before });
    expect(await moveLabel(place, named, 'stable')).toMatchObject({ label: 'stable', from: '0', to: '1' });
    await moveLabel(place, named, 'stable');
    expect(new Set(place.labels.map(({ requestId }) => requestId)).size).toBe(2);
  });

  it('says that there was none', async () => {
    const place = fakeModels({ versions: [versionOn({ a: {} })], label: absent('MODEL_LABEL_NOT_FOUND') });
    expect(await moveLabel(place, named, 'canary')).toMatchObject({ from: '', to: '1' });
  });

  it('leaves it where it is while a replica has the version not ready', async () => {
    const place = fakeModels({ versions: [versionOn({ a: {}, b: { state: MODEL_STATE_LOADING } })] });
    await expect(moveLabel(place, named, 'stable')).rejects.toMatchObject({
      reason: 'MODEL_NOT_READY',
      message: expect.stringContaining('b (id-of-b) is loading'),
    });
    expect(place.labels).toEqual([]);
  });

  it('asks a server of an earlier contract for itself', async () => {
    const alone = versionOn({}, { state: MODEL_STATE_LOADING });
    await expect(moveLabel(fakeModels({ versions: [alone] }), named, 'stable')).rejects.toMatchObject({
      reason: 'MODEL_NOT_READY',
    });
  });
});

describe('listVersions', () => {
  it('reads every page, and counts replicas that several ports know once', async () => {
    const v2 = { identity: { name: 'm', version: '2', digest: 'cd' } };
    const first = fakeModels({ pages: [[versionOn({ a: {}, b: {} })], [versionOn({ a: {} }, v2)]] });
    const second = fakeModels({ pages: [[versionOn({ b: {}, c: {} })]] });
    const versions = await listVersions([first, second]);
    expect(
      versions.map(({ model, replicas }) => [model.identity?.version, replicas.map(({ host }) => host)]),
    ).toEqual([
      ['1', ['a', 'b', 'c']],
      ['2', ['a']],
    ]);
  });
});

describe('distributeModel', () => {
  it('moves labels only when every replica is ready, and waits until all answer with them', async () => {
    const labelled = { labels: ['stable'] };
    const place = fakeModels({
      label: absent('MODEL_LABEL_NOT_FOUND'),
      versions: [
        versionOn({ a: {}, b: { state: MODEL_STATE_LOADING } }),
        versionOn({ a: {}, b: {} }),
        versionOn({ a: {}, b: {} }),
        versionOn({ a: labelled, b: {} }),
        versionOn({ a: labelled, b: labelled }),
      ],
    });
    const events: string[] = [];
    const outcome = await distributeModel({
      ...patience,
      source,
      objects: undefined,
      places: [place],
      labels: ['stable'],
      onEvent: ({ event }) => events.push(event),
    });
    expect(outcome).toMatchObject({
      ...named,
      labels: [{ label: 'stable', from: '' }],
      replicas: [labelled, labelled],
    });
    expect(outcome).not.toHaveProperty('objects');
    expect(events).toEqual(['replicas', 'replicas', 'label', 'replicas', 'replicas']);
  });
});
