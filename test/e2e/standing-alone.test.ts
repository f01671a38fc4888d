import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { ServiceClient } from '@isthmus/chassis';
import { TransparencyLogServiceClient } from '@isthmus/proto/isthmus/attestation/v1/log.js';
import { ProofServiceClient, type UploadObjectRequest } from '@isthmus/proto/isthmus/attestation/v1/run.js';
import { Assurance } from '@isthmus/proto/isthmus/model/v1/model.js';
import {
  RepresentationServiceClient,
  RepresentRequest,
} from '@isthmus/proto/isthmus/representation/v1/representation.js';
import {
  CatalogueServiceClient,
  GetItemsRequest,
  UpsertItemsRequest,
} from '@isthmus/proto/isthmus/retrieval/v1/catalogue.js';
import {
  CrossDomainStatus,
  RetrievalServiceClient,
  RetrieveRequest,
} from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { type People, people } from '../support/people.js';
import type { ProgramProcess } from '../support/program-process.js';
import { SuiteMesh } from '../support/suite-mesh.js';

let mesh: SuiteMesh;
let users: People;

beforeAll(async () => {
  mesh = await SuiteMesh.create('standing-alone');
  users = await people(mesh.small);
}, 600_000);

// The next test is to start without the programs of the last one.
afterEach(() => mesh.stopAll(), 180_000);

afterAll(async () => {
  await mesh?.remove();
}, 180_000);

function retrieve(client: ServiceClient<typeof RetrievalServiceClient.service>) {
  const user = users.context(users.warm[0]!);
  return client.retrieve(RetrieveRequest.fromPartial({ model: { name: 'gemirec' }, user, k: 20 }), {
    deadlineMs: 30_000,
  });
}

describe('retrieval', () => {
  it('answers without a representation service, says so, and ends when asked', async () => {
    const program = await mesh.start('retrieval');
    await mesh.load(program, mesh.retrievalModel);
    const answer = await retrieve(mesh.connect(RetrievalServiceClient, program.address));
    expect(answer.hits).toHaveLength(20);
    expect(answer.crossDomain?.status).toBe(CrossDomainStatus.CROSS_DOMAIN_STATUS_NOT_CONFIGURED);
    expect(answer.crossDomain?.model).toBeUndefined();
    expect(await program.stop()).toBe(0);
  });

  it('goes on when the representation service is killed, and uses it again when it is back', async () => {
    const { representation, retrieval } = await mesh.startServing();
    const client = mesh.connect(RetrievalServiceClient, retrieval.address);
    const used = await retrieve(client);
    expect(used.crossDomain?.status).toBe(CrossDomainStatus.CROSS_DOMAIN_STATUS_USED);
    await representation.kill();
    const startedAt = performance.now();
    const without = await retrieve(client);
    expect(performance.now() - startedAt).toBeLessThan(30_000);
    expect(without.hits).toHaveLength(20);
    expect(without.crossDomain?.status).toBe(CrossDomainStatus.CROSS_DOMAIN_STATUS_UNAVAILABLE);
    await mesh.start('representation', { 'server.address': representation.address });
    let again = without;
    await eventually(async () => {
      again = await retrieve(client);
      expect(again.crossDomain?.model).toBeDefined();
    });
    expect(again.crossDomain).toEqual(used.crossDomain);
    expect(again.hits).toEqual(used.hits);
  }, 180_000);

  it('finishes the calls under way when it is asked to end', async () => {
    const ending = await mesh.start('retrieval');
    await mesh.load(ending, mesh.retrievalModel);
    const other = await mesh.start('retrieval');
    const modelName = 'gemirec';
    const catalogue = mesh.connect(CatalogueServiceClient, ending.address);
    const { sequence } = await catalogue.getItems(GetItemsRequest.fromPartial({ modelName, itemIds: ['x'] }));
    const waiting = catalogue.getItems(
      GetItemsRequest.fromPartial({ modelName, itemIds: ['late'], minSequence: sequence + 1n }),
      { deadlineMs: 60_000 },
    );
    await arrival(catalogue.getItems(GetItemsRequest.fromPartial({ modelName, itemIds: ['x'] })));
    const code = ending.stop();
    await stopping(ending);
    await mesh.connect(CatalogueServiceClient, other.address).upsertItems(
      UpsertItemsRequest.fromPartial({
        modelName,
        requestId: randomUUID(),
        items: [{ itemId: 'late', source: { $case: 'vector', value: vectorOf(16) } }],
      }),
    );
    expect((await waiting).items.map(({ itemId }) => itemId)).toEqual(['late']);
    expect(await code).toBe(0);
  }, 180_000);
});

describe('representation', () => {
  it('needs nobody when admission is off', async () => {
    const program = await mesh.start('representation', {
      'admission.mode': 'off',
      'admission.trustFile': join(mesh.directory, 'nobody.json'),
    });
    await mesh.load(program, { ...mesh.representationModel, version: 'unchecked', bundleDigest: '' });
    const client = mesh.connect(RepresentationServiceClient, program.address);
    const user = users.context(users.cold[0]!);
    const request = RepresentRequest.fromPartial({ model: { name: 'ce-cdr' }, user, maxCauses: 3 });
    const answer = await client.represent(request);
    expect(answer.user?.gate).toBeGreaterThan(0);
    expect(answer.model).toMatchObject({ assurance: Assurance.ASSURANCE_NONE, attestationId: '' });
    // A batch that takes a while is under way when the signal comes.
    const { data, targetDomain } = users;
    const items = Array.from({ length: data.items }, (_, item) => data.item(item));
    const targetItemIds = items.filter(({ domain }) => domain === targetDomain).map(({ itemId }) => itemId);
    const requests = Array.from({ length: 100 }, () => ({ ...request, targetItemIds, maxCauses: 0 }));
    const batch = client.batchRepresent({ requests }, { deadlineMs: 60_000 });
    await arrival(client.represent(request));
    const code = program.stop();
    expect((await batch).results).toHaveLength(100);
    expect(await code).toBe(0);
  });
});

describe('attestation', () => {
  it('needs neither of the others, and finishes an upload under way when it is asked to end', async () => {
    const program = await mesh.start('attestation', {
      'data.directory': join(mesh.directory, 'attestation-alone'),
    });
    const log = mesh.connect(TransparencyLogServiceClient, program.address);
    expect((await log.getLogCheckpoint({})).treeSize).toBe(0n);
    const [begin, end] = [randomBytes(100), randomBytes(100)];
    const sha256 = createHash('sha256').update(begin).update(end).digest('hex');
    const proofs = mesh.connect(ProofServiceClient, program.address);
    let code: Promise<number> | undefined;
    async function* pieces(): AsyncGenerator<UploadObjectRequest> {
      yield { sha256, chunk: begin };
      await arrival(proofs.getRun({ runId: 'none' }));
      code = program.stop();
      await stopping(program);
      yield { sha256, chunk: end };
    }
    const stored = await proofs.uploadObject(pieces(), { deadlineMs: 60_000 });
    expect(stored).toEqual({ sha256, sizeBytes: 200n });
    expect(await code).toBe(0);
    expect(await mesh.objects.has(sha256)).toBe(true);
  });
});

/** By the answer to this call, the calls that were made before it over the same connection have arrived. */
async function arrival(call: Promise<unknown>): Promise<void> {
  await call.catch(() => undefined);
}

/** Resolves when a program has heard that it is to end. */
function stopping(program: ProgramProcess): Promise<void> {
  return eventually(async () => expect(program.log).toContain('stopping'));
}

function vectorOf(dim: number) {
  return { dim, values: Buffer.alloc(4 * dim, 0) };
}
