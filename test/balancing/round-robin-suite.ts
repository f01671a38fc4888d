import { credentials } from '@grpc/grpc-js';
import { IsthmusClient } from '@isthmus/client';
import { RetrievalServiceClient } from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { SuiteMesh } from '../support/suite-mesh.js';
import { type Balanced, balancingCases } from './balancing-cases.js';
import { PlainClient } from './plain-client.js';
import { ReplicaSet } from './replica-set.js';
import { change, read } from './requests.js';
import { writeFigures } from './write-figures.js';

/** Short, so that connections end while the test looks; a program's default is half an hour, the chart's five minutes. */
const ageMs = 8_000;
const ageGraceMs = 6_000;

/** Servers draw the age of a connection from a tenth less to a tenth more (gRFC A9). */
const oldestMs = 1.1 * ageMs + ageGraceMs;

const suite = process.platform === 'linux' ? describe : describe.skip;

/**
 * Two clients of ours, that of callers and that of the programs, over one headless name. The name goes on resolving to a
 * replica that was killed or that ends: nobody takes it out in time.
 */
suite('grpc-js round robin over a headless name (Linux: each replica has an address of loopback)', () => {
  let set: ReplicaSet;
  let balanced: Balanced;
  const ended: { close(): void }[] = [];

  beforeAll(async () => {
    const mesh = await SuiteMesh.create('round-robin');
    set = await ReplicaSet.create(mesh, {
      'server.maxConnectionAgeMs': ageMs,
      'server.maxConnectionAgeGraceMs': ageGraceMs,
      'server.drainDelayMs': 500,
    });
    const address = set.name.target(set.port);
    const client = new IsthmusClient({ retrieval: address, insecure: true, deadlineMs: 10_000 });
    const plain = new PlainClient(address, credentials.createInsecure());
    ended.push(client, plain);
    const program = mesh.connect(RetrievalServiceClient, address);
    let turn = 0;
    const readers = [() => client.retrieval.retrieve(read), () => program.retrieve(read)];
    balanced = {
      set,
      callers: {
        reads: { lanes: 4, call: async () => readers[turn++ % readers.length]?.() },
        changes: { lanes: 2, call: () => client.catalogue.upsertItems(change) },
        onceOnly: { lanes: 2, call: () => plain.upsertItems(change) },
      },
      change: async () => (await client.catalogue.upsertItems(change)).sequence,
    };
  }, 240_000);

  afterAll(async () => {
    for (const client of ended) client.close();
    await set?.remove();
  }, 30_000);

  const figures = balancingCases(() => balanced, { newcomerWithinMs: oldestMs, endSparesOnceOnly: false });
  writeFigures(
    {
      name: 'balancing-round-robin',
      title: 'Round robin over a headless name',
      notes: [
        'Two replicas of retrieval as processes, an address of loopback each, under a name of a DNS server of the test; the clients of callers and of programs resolve it and go round the addresses. Connections end after 8 s, with 6 s of grace.',
        "Failed are calls that may be repeated: reads, and changes with a request id. Not to be repeated are changes without one, by a client that repeats nothing. The name resolves to a replica that was killed or that ends until the case is over. A share is that of the calls which the replicas' own logs say they have answered; a new replica has its share with 25 % of a second's calls, counted from when the name resolves to it.",
      ],
    },
    figures,
  );
});
