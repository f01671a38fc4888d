import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import {
  channelCredentialsOf,
  createLogger,
  type Database,
  type MeshIdentity,
  openDatabase,
} from '@isthmus/chassis';
import { RetrievalServiceClient, RetrieveRequest } from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import { type Distribution, spawnTraining, type TrainResult } from '@isthmus/trainer';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { HealthClient } from '../support/health-client.js';
import { type CommandEnd, resultOf, runCommand, startCommand } from '../support/isthmus-command.js';
import { type ModelStore, modelStoreName, openModelStore, writeModelFolder } from '../support/model-store.js';
import type { ProgramFlags, ProgramProcess } from '../support/program-process.js';
import { gemirecSpec } from '../support/small-specifications.js';
import { SuiteMesh } from '../support/suite-mesh.js';

/** A version as `isthmus models --json` lists it. */
interface ListedModel {
  readonly version: string;
  readonly digest: string;
  readonly assurance: string;
  readonly replicas: readonly {
    readonly id: string;
    readonly state: string;
    readonly labels: readonly string[];
    readonly failureReason: string;
  }[];
}

let mesh: SuiteMesh;
let store: ModelStore;
let database: Database;
let replicas: ProgramProcess[];
let v1: TrainResult;
let v2: TrainResult;

beforeAll(async () => {
  mesh = await SuiteMesh.create('distribution', { mutualTls: true });
  store = await openModelStore(join(mesh.directory, 'store'));
  database = await openDatabase(
    { url: '', directory: join(mesh.directory, 'shared database') },
    createLogger({ program: 'test', level: 'fatal' }),
  );
  v1 = mesh.small.retrieval;
  v2 = await trainAnother();
  await writeModelFolder(folderOf('1'), v1, mesh.objects);
  await writeModelFolder(folderOf('2'), v2, mesh.objects);
  replicas = [await startReplica(), await startReplica()];
}, 600_000);

afterAll(async () => {
  await mesh?.remove();
  await database?.close();
  await store?.close();
}, 180_000);

const folderOf = (version: string) => join(mesh.directory, 'models', 'gemirec', version);

/** A replica with a folder of its own: it shares the database and the store with the others, and nothing else. */
let started = 0;
function startReplica(flags: ProgramFlags = {}): Promise<ProgramProcess> {
  started += 1;
  return mesh.start('retrieval', {
    ...flags,
    'data.directory': join(mesh.directory, `replica-${started}`),
    'database.url': database.url,
    'objects.url': store.url,
  });
}

/** Another retrieval model, attested as the first one. */
async function trainAnother(): Promise<TrainResult> {
  const { representation, dataFile, objectsUrl } = mesh.small;
  const attestation = await mesh.startAttestation();
  const result = await spawnTraining({
    program: 'gemirec',
    spec: { ...gemirecSpec, maxEpochs: 2 },
    dataFile,
    objectsUrl,
    attestation: attestation.address,
    security: mesh.security('prover'),
    keyFile: join(mesh.directory, 'prover-key.pem'),
    artefacts: {
      representation: {
        digest: representation.modelDigest,
        attestationId: representation.attestation?.id ?? null,
      },
    },
  }).result;
  expect(result.verdict?.state).toBe('ATTESTED');
  return result;
}

function connection(identity: MeshIdentity, ...addresses: string[]): string[] {
  const files = mesh.tlsFiles(identity);
  return [
    ...['--to', addresses.join(',')],
    ...['--tls-authority', files.authorityFile],
    ...['--tls-certificate', files.certificateFile],
    ...['--tls-key', files.keyFile],
  ];
}

const admin = (replica: number) => replicas[replica]!.adminAddress;

function publishing(version: string, to: readonly string[], ...more: string[]): string[] {
  const trust = ['--trust', mesh.small.trustFile];
  return [
    ...['publish', folderOf(version), ...connection('operator', ...to)],
    ...['--objects', store.url, ...trust, ...more],
  ];
}

const isthmus = (...argv: string[]): Promise<CommandEnd> => runCommand('isthmus', argv);

async function published(version: string, ...more: string[]): Promise<Distribution> {
  const end = await isthmus(...publishing(version, [admin(0)], '--json', ...more));
  const outcome = resultOf<Distribution>(end);
  expect(end.code).toBe(0);
  return outcome;
}

async function listed(replica = 0): Promise<Map<string, ListedModel>> {
  const end = await isthmus('models', ...connection('operator', admin(replica)), '--json');
  const { models } = resultOf<{ models: ListedModel[] }>(end);
  return new Map(models.map((model) => [model.version, model]));
}

/** The digest of the model that answers on each replica; no label means `stable`. */
async function answering(label?: string): Promise<(string | undefined)[]> {
  const credentials = channelCredentialsOf(mesh.security('ranker'), Date.now());
  return Promise.all(
    replicas.map(async ({ address }) => {
      const client = mesh.connect(RetrievalServiceClient, address, { credentials });
      const { model, hits } = await client.retrieve(
        RetrieveRequest.fromPartial({
          model: {
            name: 'gemirec',
            ...(label === undefined ? {} : { choice: { $case: 'label', value: label } }),
          },
          user: {},
          k: 3,
        }),
      );
      expect(hits).toHaveLength(3);
      return model?.digest;
    }),
  );
}

/** Changes a file of the second model that the first one does not have too. */
async function damageSecond(): Promise<void> {
  const shared = new Set(v1.files.map(({ sha256 }) => sha256));
  await store.damage(v2.files.find(({ sha256 }) => !shared.has(sha256))!.sha256);
}

/** Something that takes connections and never answers. */
function silentServer(): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
  });
}

describe(`a model on its way to every replica, over ${modelStoreName}`, () => {
  it('is stored, registered, verified, and answers on both replicas', async () => {
    const outcome = await published('1', '--label', 'stable');
    expect(outcome).toMatchObject({ name: 'gemirec', version: '1', digest: v1.modelDigest });
    expect(outcome.objects).toMatchObject({ stored: v1.files.length + 3, present: 0, repaired: 0 });
    expect(outcome.labels).toMatchObject([{ label: 'stable', from: '', to: '1' }]);
    expect(outcome.replicas.map(({ labels }) => labels)).toEqual([['stable'], ['stable']]);
    expect(await answering()).toEqual([v1.modelDigest, v1.modelDigest]);
  }, 300_000);

  it('is published once more without any effect', async () => {
    const outcome = await published('1', '--label', 'stable');
    expect(outcome.objects).toMatchObject({ stored: 0, present: v1.files.length + 3, repaired: 0 });
    expect(outcome.labels).toMatchObject([{ label: 'stable', from: '1', to: '1' }]);
    expect(outcome.replicas).toHaveLength(2);
  }, 300_000);

  it('goes on where a command was killed between the store and the registry', async () => {
    const silent = await silentServer();
    const { port } = silent.address() as { port: number };
    const killed = startCommand('isthmus', publishing('2', [`127.0.0.1:${port}`]));
    await killed.says(/stored .* file list/);
    killed.child.kill('SIGKILL');
    expect((await killed.ended).code).toBe(137);
    silent.close();
    expect([...(await listed()).keys()]).toEqual(['1']);

    const outcome = await published('2', '--label', 'canary');
    expect(outcome.objects).toMatchObject({ stored: 0, present: v2.files.length + 3, repaired: 0 });
    expect(await answering('canary')).toEqual([v2.modelDigest, v2.modelDigest]);
    expect(await answering()).toEqual([v1.modelDigest, v1.modelDigest]);
  }, 300_000);

  it('is there before a replica that starts later says SERVING', async () => {
    replicas.push(await startReplica());
    expect(await answering()).toEqual(replicas.map(() => v1.modelDigest));
    expect(await answering('canary')).toEqual(replicas.map(() => v2.modelDigest));
    await eventually(async () => {
      const versions = await listed();
      expect([...versions.values()].map(({ replicas: known }) => known.length)).toEqual([3, 3]);
      expect(versions.get('2')).toMatchObject({ digest: v2.modelDigest, assurance: 'L3_FULL' });
    }, 120_000);
  }, 300_000);

  it('answers everywhere once its label has moved, and the command says from where', async () => {
    const argv = ['label', 'gemirec', 'stable', '2', '--wait', ...connection('operator', admin(1))];
    const end = await isthmus(...argv);
    expect([end.code, end.output]).toEqual([0, expect.stringContaining('answer stable with it')]);
    expect(end.output).toContain('stable moved from gemirec 1 to 2');
    expect(await answering()).toEqual(replicas.map(() => v2.modelDigest));
  }, 300_000);

  it('is refused by the replica that finds it altered; the others serve on', async () => {
    const back = ['label', 'gemirec', 'stable', '1', '--wait', ...connection('operator', admin(0))];
    expect((await isthmus(...back)).code).toBe(0);
    await damageSecond();
    replicas.push(await startReplica());
    expect(await answering()).toEqual(replicas.map(() => v1.modelDigest));
    const [, , , altered] = replicas;
    // It tries again every 30 s, and is loading then.
    await eventually(async () => {
      const known = (await listed(3)).get('2')!.replicas;
      const states = known.map(({ state, failureReason }) => `${state} ${failureReason}`.trim());
      expect(states.sort()).toEqual(['failed MODEL_ALTERED', 'ready', 'ready', 'ready']);
    }, 120_000);
    replicas = replicas.slice(0, 3);
    expect(await answering('canary')).toEqual(replicas.map(() => v2.modelDigest));
    replicas = [...replicas, altered!];

    const refused = await isthmus('label', 'gemirec', 'stable', '2', ...connection('operator', admin(0)));
    expect(refused.code).toBe(1);
    expect(refused.errors).toMatch(/MODEL_NOT_READY.*stable stays where it is.*(failed|loading)/);
  }, 300_000);

  it('is repaired by publishing it again', async () => {
    const to = [admin(3), admin(0)];
    const end = await isthmus(...publishing('2', to, '--label', 'stable', '--json'));
    const outcome = resultOf<Distribution>(end);
    expect(outcome.objects).toMatchObject({ repaired: 1, stored: 0 });
    expect(outcome.replicas).toHaveLength(4);
    expect(await answering()).toEqual(replicas.map(() => v2.modelDigest));
  }, 300_000);

  it('is published by the trainer, from what a training wrote', async () => {
    const model = join(mesh.directory, 'v1.json');
    await writeFile(model, JSON.stringify(v1));
    const end = await runCommand('isthmus-trainer', [
      ...['publish', '--model', model, '--as', 'gemirec@nightly', '--label', 'night', '--json'],
      ...['--objects', store.url],
      ...connection('operator', admin(0)),
    ]);
    expect(resultOf<Distribution>(end)).toMatchObject({ version: 'nightly', objects: { stored: 0 } });
    expect(await answering('night')).toEqual(replicas.map(() => v1.modelDigest));
  }, 300_000);

  it('forgets a replica that has stopped', async () => {
    expect(await replicas.pop()!.stop()).toBe(0);
    await eventually(async () => {
      const versions = await listed();
      expect([...versions.values()].map(({ replicas: known }) => known.length)).toEqual([3, 3, 3]);
    }, 120_000);
  }, 300_000);
});

describe('a replica that cannot have what stable points at', () => {
  it('does not serve, can be reached by operators, and serves once the model was published again', async () => {
    await damageSecond();
    const probe = await silentServer();
    const { port } = probe.address() as { port: number };
    await new Promise((resolve) => probe.close(resolve));
    const starting = startReplica({ 'admin.address': `127.0.0.1:${port}` });
    const admin = `localhost:${port}`;
    const credentials = channelCredentialsOf(mesh.security('operator'), Date.now());
    const health = mesh.connect(HealthClient, admin, { credentials });
    await eventually(async () => {
      expect(await health.check({ service: '' })).toEqual({ status: 'NOT_SERVING' });
      const end = await isthmus('models', ...connection('operator', admin));
      expect(end.output).toMatch(/gemirec 2 is failed on .*: MODEL_ALTERED/);
    }, 120_000);

    const end = await isthmus(...publishing('2', [admin], '--json'));
    expect(resultOf<Distribution>(end).objects).toMatchObject({ repaired: 1 });
    replicas.push(await starting);
    expect(await health.check({ service: '' })).toEqual({ status: 'SERVING' });
    expect(await answering()).toEqual(replicas.map(() => v2.modelDigest));
  }, 180_000);
});

describe('isthmus publish refuses', () => {
  it('a folder that is not what was attested, before anything is stored', async () => {
    await writeModelFolder(folderOf('altered'), v1, mesh.objects);
    await writeFile(join(folderOf('altered'), v1.files[0]!.name), 'something else');
    const end = await isthmus(...publishing('altered', [admin(0)], '--json'));
    expect(end.code).toBe(3);
    expect(resultOf(end)).toMatchObject({ error: { code: 'SUBJECT_MISMATCH' } });
  }, 300_000);

  it('with the words of the program that does not admit it', async () => {
    const { files, attestation: _, ...rest } = v1;
    await writeModelFolder(folderOf('unattested'), { ...rest, files }, mesh.objects);
    const end = await isthmus(...publishing('unattested', [admin(0)], '--json'));
    expect(end.code).toBe(3);
    expect(resultOf(end)).toMatchObject({ error: { reason: 'MODEL_UNATTESTED' } });
  }, 300_000);

  it('another model under a version that is taken', async () => {
    const end = await isthmus(...publishing('2', [admin(0)], '--as', 'gemirec@1', '--json'));
    expect(end.code).toBe(1);
    expect(resultOf(end)).toMatchObject({ error: { reason: 'MODEL_VERSION_EXISTS' } });
  }, 300_000);

  it('whoever is no operator', async () => {
    const end = await isthmus('models', ...connection('ranker', admin(0)), '--json');
    expect(end.code).toBe(1);
    expect(resultOf(end)).toMatchObject({ error: { reason: 'ROLE_REQUIRED', code: 'PERMISSION_DENIED' } });
  }, 300_000);
});
