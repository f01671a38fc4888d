import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type ServiceClient } from '@isthmus/chassis';
import { TransparencyLogServiceClient } from '@isthmus/proto/isthmus/attestation/v1/log.js';
import {
  CrossDomainStatus,
  RetrievalServiceClient,
  RetrieveRequest,
} from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import type { TrainResult } from '@isthmus/trainer';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ceCdrSpec, gemirecSpec } from '../support/small-specifications.js';
import { ContainerMesh, type ContainerProgram, type RunningContainer } from './container-mesh.js';
import { Load } from './load.js';

const tag = process.env.ISTHMUS_TEST_CONTAINERS;
const suite = tag === undefined ? describe.skip : describe;

const attestationKeys = {
  KEYS_ATTESTATION_FILE: '/etc/isthmus/keys/attestation-key.pem',
  KEYS_LOG_FILE: '/etc/isthmus/keys/log-key.pem',
  REPLAY_WORKERS: '0',
};
const trust = { ADMISSION_TRUST_FILE: '/etc/isthmus/trust/trust.json' };

suite('the mesh in containers (deploy/docker/test builds and runs them)', () => {
  let mesh: ContainerMesh;
  let retrieve: ServiceClient<typeof RetrievalServiceClient.service>;
  let log: ServiceClient<typeof TransparencyLogServiceClient.service>;
  let workers: RunningContainer[];
  const replicas = new Map<ContainerProgram, RunningContainer[]>();
  const settings = new Map<ContainerProgram, Readonly<Record<string, string>>>();

  async function startPair(program: ContainerProgram, environment: Readonly<Record<string, string>>) {
    settings.set(program, environment);
    const pair = [await mesh.start(program, 1, environment), await mesh.start(program, 2, environment)];
    replicas.set(program, pair);
    const times = pair.map(({ startMs }) => `${Math.round(startMs)} ms`).join(', ');
    process.stdout.write(`${program.padEnd(16)} serves after ${times}\n`);
    return pair;
  }

  const addresses = (program: ContainerProgram) =>
    `ipv4:${replicas
      .get(program)
      ?.map(({ address }) => address)
      .join(',')}`;

  beforeAll(async () => {
    mesh = await ContainerMesh.create(tag ?? '');
    const [attestation] = await startPair('attestation', attestationKeys);
    await mesh.publishTrust(attestation!);
    workers = await startPair('replay-worker', { REPLAY_WORKERS: '1' });
  }, 120_000);

  afterAll(async () => {
    retrieve?.close();
    log?.close();
    await mesh?.remove();
  }, 60_000);

  it('trains two models and proves them, also when a replay worker is sent away meanwhile', async () => {
    const train = [
      'train',
      '--data=/work/data.json',
      '--attestation=attestation:7403',
      '--key=/work/key.pem',
    ];
    await mesh.train(
      ...[
        'prepare',
        'prepare',
        '--simulator',
        '--users=300',
        '--salt-file=/work/salt',
        '--out=/work/data.json',
      ],
    );
    const ceCdr = [`--spec=${JSON.stringify(ceCdrSpec)}`, '--out=/work/representation.json'];
    await mesh.train('train-representation', ...train, '--program=ce-cdr', ...ceCdr);
    const replayed = async () => (await mesh.log(workers[0]!.name)).split('replayed a span').length;
    const before = await replayed();
    const training = mesh.train(
      ...['train-retrieval', ...train, '--program=gemirec', `--spec=${JSON.stringify(gemirecSpec)}`],
      ...['--artefact=representation=@/work/representation.json', '--out=/work/retrieval.json'],
    );
    const sentAway = (async () => {
      while ((await replayed()) === before && !(await settled(training))) await sleep(20);
      return mesh.terminate(workers[0]!.name);
    })();
    await training;
    expect(await sentAway).toBe(0);
    for (const file of ['representation.json', 'retrieval.json']) {
      const { verdict } = await mesh.result(file);
      expect(verdict).toMatchObject({ state: 'ATTESTED', level: 'L3_FULL' });
    }
  }, 240_000);

  it('answers a Retrieve through two programs, models admitted by their proof', async () => {
    const models = async (name: string, file: string) => ({
      ...trust,
      MODELS: JSON.stringify([modelOf(name, await mesh.result(file))]),
    });
    await startPair('representation', await models('ce-cdr', 'representation.json'));
    await startPair('retrieval', {
      ...(await models('gemirec', 'retrieval.json')),
      REPRESENTATION_ADDRESS: 'representation:7401',
    });
    retrieve = connect(RetrievalServiceClient, addresses('retrieval'), { credentials: 'plaintext' });
    log = connect(TransparencyLogServiceClient, addresses('attestation'), { credentials: 'plaintext' });
    const answer = await retrieve.retrieve(request());
    expect(answer.hits).toHaveLength(10);
    expect(answer.model?.attestationId).toMatch(/^[0-9a-f]{64}$/);
    expect(answer.crossDomain?.status).toBe(CrossDomainStatus.CROSS_DOMAIN_STATUS_USED);
  }, 120_000);

  it.each([
    ['retrieval', 7422],
    ['representation', 7421],
    ['attestation', 7423],
  ] as const)('tells the health of %s to a probe of its own', async (program, port) => {
    expect(await mesh.health(replicas.get(program)![0]!.name, port)).toBe('SERVING');
  });

  it.each(['retrieval', 'representation', 'attestation'] as const)(
    'loses no call when a container of %s is told to end under load',
    async (program) => {
      const call =
        program === 'attestation'
          ? () => log.getLogCheckpoint({}, { deadlineMs: 20_000 })
          : () => retrieve.retrieve(request(), { deadlineMs: 20_000 });
      const load = new Load(call, 8);
      await load.answers(50);
      expect(await mesh.terminate(replicas.get(program)![0]!.name)).toBe(0);
      await load.answers(50);
      const report = await load.stop();
      process.stdout.write(
        `${program}: ${report.answered} answered, slowest ${report.slowestMs} ms, ${report.failures.length} failed\n`,
      );
      expect(report.failures).toEqual([]);
      expect(report.answered).toBeGreaterThan(100);
    },
    60_000,
  );
});

/** A user with history in the source domain of the simulator. */
function request(): RetrieveRequest {
  const events = Array.from({ length: 5 }, (_, i) => ({
    domain: 'books',
    itemId: `book-${String(i + 1).padStart(4, '0')}`,
    timestampMs: BigInt(1_700_000_000_000 + i),
  }));
  return RetrieveRequest.fromPartial({ model: { name: 'gemirec' }, user: { events }, k: 10 });
}

function modelOf(name: string, { modelDigest, attestation }: TrainResult) {
  const { bundleDigest = '', logProofDigest = '' } = attestation ?? {};
  return { name, version: '1', digest: modelDigest, bundleDigest, logProofDigest };
}

async function settled(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending');
  return (await Promise.race([promise.catch(() => undefined), Promise.resolve(pending)])) !== pending;
}
