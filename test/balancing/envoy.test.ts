import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { credentials } from '@grpc/grpc-js';
import { IsthmusClient } from '@isthmus/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SuiteMesh } from '../support/suite-mesh.js';
import { type Balanced, balancingCases } from './balancing-cases.js';
import { type EnvoyTestIdentity, identityOf, writeEnvoyCertificates } from './envoy-certificates.js';
import { envoyConfiguration } from './envoy-configuration.js';
import { EnvoyProcess, hasEnvoy } from './envoy-process.js';
import { PlainClient } from './plain-client.js';
import { ReplicaSet } from './replica-set.js';
import { change, read } from './requests.js';
import { writeFigures } from './write-figures.js';

/** As short as in the suite of round robin: here the age ends connections between Envoy and the replicas. */
const ageMs = 8_000;
const ageGraceMs = 6_000;

/** Names are resolved every five seconds; the bound is that of the age of a connection. */
const oldestMs = 1.1 * ageMs + ageGraceMs;

const suite = hasEnvoy && process.platform === 'linux' ? describe : describe.skip;

suite('Envoy with the configuration of deploy/envoy (.ci/balancing installs it)', () => {
  let set: ReplicaSet;
  let envoy: EnvoyProcess;
  let balanced: Balanced;
  let ranker: IsthmusClient;
  const ended: { close(): void }[] = [];

  beforeAll(async () => {
    const mesh = await SuiteMesh.create('envoy');
    const folder = join(mesh.directory, 'envoy');
    await mkdir(folder, { recursive: true });
    await writeEnvoyCertificates(folder);
    const file = (who: EnvoyTestIdentity, name: string) => join(folder, who, name);
    set = await ReplicaSet.create(mesh, {
      'server.maxConnectionAgeMs': ageMs,
      'server.maxConnectionAgeGraceMs': ageGraceMs,
      // As the chart has it: time for Envoy to see NOT_SERVING.
      'server.drainDelayMs': 1_000,
      'tls.mode': 'mutual',
      'tls.certificateFile': file('retrieval', 'tls.crt'),
      'tls.keyFile': file('retrieval', 'tls.key'),
      'tls.authorityFile': file('retrieval', 'ca.crt'),
      'roles.caller': identityOf('envoy'),
      'roles.catalogueWriter': identityOf('envoy'),
    });
    const configuration = await envoyConfiguration({
      upstream: { name: set.name.name, port: set.port },
      nameServer: set.name.server,
      certificates: join(folder, 'envoy'),
    });
    envoy = await EnvoyProcess.start(configuration, folder);
    const tlsOf = (who: EnvoyTestIdentity) => ({
      ca: file(who, 'ca.crt'),
      cert: file(who, 'tls.crt'),
      key: file(who, 'tls.key'),
    });
    const common = { retrieval: envoy.address, deadlineMs: 10_000 };
    ranker = new IsthmusClient({ ...common, tls: tlsOf('ranker') });
    const writer = new IsthmusClient({ ...common, tls: tlsOf('catalogue-writer') });
    const { ca, key, cert } = tlsOf('catalogue-writer');
    const plain = new PlainClient(
      envoy.address,
      credentials.createSsl(readFileSync(ca), readFileSync(key), readFileSync(cert)),
    );
    ended.push(ranker, writer, plain);
    balanced = {
      set,
      callers: {
        reads: { lanes: 4, call: () => ranker.retrieval.retrieve(read) },
        changes: { lanes: 2, call: () => writer.catalogue.upsertItems(change) },
        balancerRepeats: { lanes: 2, call: () => plain.retrieve(read) },
        onceOnly: { lanes: 2, call: () => plain.upsertItems(change) },
      },
      change: async () => (await writer.catalogue.upsertItems(change)).sequence,
    };
  }, 240_000);

  afterAll(async () => {
    for (const client of ended) client.close();
    envoy?.stop();
    await set?.remove();
  }, 30_000);

  const figures = balancingCases(() => balanced, { newcomerWithinMs: oldestMs, endSparesOnceOnly: true });
  writeFigures(
    {
      name: 'balancing-envoy',
      title: 'Envoy in front of two replicas',
      notes: [
        'Envoy 1.40 with [the configuration that is shipped](../../deploy/envoy/retrieval.yaml), mutual TLS on both sides; replicas of retrieval as in [round robin](balancing-round-robin.md), their connections end after 8 s.',
        'Failed are calls of our clients that may be repeated. Not to be repeated are changes without a request id, by a client that repeats nothing.',
      ],
    },
    figures,
  );

  it('passes on no change of a caller who may only read', async () => {
    await expect(ranker.catalogue.upsertItems(change)).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
    await expect(ranker.retrieval.retrieve(read)).resolves.toBeDefined();
  });
});
