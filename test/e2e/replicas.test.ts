import { randomUUID } from 'node:crypto';
import type { ServiceClient } from '@isthmus/chassis';
import { ModelServiceClient } from '@isthmus/proto/isthmus/model/v1/model_service.js';
import {
  CatalogueServiceClient,
  GetItemsRequest,
  UpsertItemsRequest,
} from '@isthmus/proto/isthmus/retrieval/v1/catalogue.js';
import { RetrievalServiceClient, RetrieveRequest } from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { type People, people } from '../support/people.js';
import type { ProgramProcess } from '../support/program-process.js';
import { gemirecSpec } from '../support/small-specifications.js';
import { SuiteMesh } from '../support/suite-mesh.js';

/** A retrieval program and its services. */
interface Replica {
  readonly program: ProgramProcess;
  readonly retrieval: ServiceClient<typeof RetrievalServiceClient.service>;
  readonly catalogue: ServiceClient<typeof CatalogueServiceClient.service>;
  readonly models: ServiceClient<typeof ModelServiceClient.service>;
}

let mesh: SuiteMesh;
let users: People;
let first: Replica;
let second: Replica;

beforeAll(async () => {
  mesh = await SuiteMesh.create('replicas');
  users = await people(mesh.small);
  first = await startReplica();
  await mesh.load(first.program, mesh.retrievalModel);
  second = await startReplica();
}, 600_000);

afterAll(async () => {
  await mesh?.remove();
}, 180_000);

async function startReplica(): Promise<Replica> {
  const program = await mesh.start('retrieval');
  return {
    program,
    retrieval: mesh.connect(RetrievalServiceClient, program.address),
    catalogue: mesh.connect(CatalogueServiceClient, program.address),
    models: mesh.connect(ModelServiceClient, program.adminAddress),
  };
}

/** Writes items whose vectors point along every axis, far out: any query finds one of them first. */
function farOut(prefix: string): UpsertItemsRequest {
  const dim = gemirecSpec.dim as number;
  return UpsertItemsRequest.fromPartial({
    modelName: 'gemirec',
    requestId: randomUUID(),
    items: Array.from({ length: 2 * dim }, (_, axis) => {
      const values = Buffer.alloc(4 * dim);
      values.writeFloatLE(axis < dim ? 1e3 : -1e3, 4 * (axis % dim));
      return {
        itemId: `${prefix}-${axis}`,
        source: { $case: 'vector' as const, value: { dim, values } },
        attributes: { shelf: { kind: { $case: 'keyword' as const, value: prefix } } },
      };
    }),
  });
}

function get(replica: Replica, itemIds: string[], minSequence: bigint) {
  return replica.catalogue.getItems(
    GetItemsRequest.fromPartial({ modelName: 'gemirec', itemIds, minSequence }),
  );
}

describe('two retrieval replicas', () => {
  it('both serve what was loaded on one of them', async () => {
    const answers = await Promise.all(
      [first, second].map(({ retrieval }) =>
        retrieval.retrieve(
          RetrieveRequest.fromPartial({
            model: { name: 'gemirec' },
            user: users.context(users.warm[0]!),
            k: 20,
          }),
        ),
      ),
    );
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[0]?.model?.digest).toBe(mesh.small.retrieval.modelDigest);
  });

  it('follow a version that is loaded and a label that is set on the other', async () => {
    await mesh.load(first.program, { ...mesh.retrievalModel, version: '2', labels: ['canary'] });
    const spec = { name: 'gemirec', choice: { $case: 'label' as const, value: 'canary' } };
    await eventually(async () => {
      const { model } = await second.models.getModel({ model: spec });
      expect(model?.identity?.version).toBe('2');
      expect(model?.labels).toEqual(['canary']);
    });
    await second.models.setLabel({ name: 'gemirec', label: 'stable', version: '2', requestId: '' });
    await eventually(async () => {
      const { model } = await first.retrieval.retrieve(
        RetrieveRequest.fromPartial({ model: { name: 'gemirec' }, user: {}, k: 1 }),
      );
      expect(model?.version).toBe('2');
    });
  });

  it('read from one what the other has acknowledged, by its sequence number', async () => {
    const { sequence } = await first.catalogue.upsertItems(farOut('new'));
    const read = await get(second, ['new-0', 'never-written'], sequence);
    expect(read.items).toMatchObject([
      { itemId: 'new-0', attributes: { shelf: { kind: { $case: 'keyword', value: 'new' } } } },
    ]);
    expect(read.missingItemIds).toEqual(['never-written']);
    expect(read.sequence).toBeGreaterThanOrEqual(sequence);
    const found = await second.retrieval.retrieve(
      RetrieveRequest.fromPartial({
        model: { name: 'gemirec' },
        user: users.context(users.warm[1]!),
        k: 5,
        minSequence: sequence,
      }),
    );
    expect(found.hits[0]?.itemId).toMatch(/^new-/);
    expect(found.sequence).toBeGreaterThanOrEqual(sequence);
  });

  it('take a deleted item out of every later answer', async () => {
    const itemIds = farOut('new').items.map(({ itemId }) => itemId);
    const requestId = randomUUID();
    const { sequence } = await second.catalogue.deleteItems({ modelName: 'gemirec', itemIds, requestId });
    const found = await first.retrieval.retrieve(
      RetrieveRequest.fromPartial({ model: { name: 'gemirec' }, user: {}, k: 50, minSequence: sequence }),
    );
    expect(found.hits.filter(({ itemId }) => itemId.startsWith('new-'))).toEqual([]);
    expect((await get(first, ['new-0'], sequence)).missingItemIds).toEqual(['new-0']);
  });

  it('do a write that is repeated once', async () => {
    const request = farOut('once');
    const sequences = await Promise.all(
      [first, second, first].map(({ catalogue }) => catalogue.upsertItems(request)),
    );
    expect(new Set(sequences.map(({ sequence }) => sequence)).size).toBe(1);
  });

  it('lose no acknowledged write when the replica that took it is killed', async () => {
    const acknowledged: { readonly itemId: string; readonly sequence: bigint }[] = [];
    const writing = (async () => {
      for (let i = 0; ; i++) {
        const itemId = `kept-${i}`;
        const { sequence } = await first.catalogue.upsertItems(
          UpsertItemsRequest.fromPartial({
            modelName: 'gemirec',
            requestId: randomUUID(),
            items: [{ ...farOut('kept').items[0]!, itemId }],
          }),
          { deadlineMs: 30_000 },
        );
        acknowledged.push({ itemId, sequence });
        // Between two writes, while the next one is on its way.
        if (i === 20) void first.program.kill();
      }
    })();
    await expect(writing).rejects.toBeDefined();
    expect(await first.program.ended).toBe(137);
    expect(acknowledged.length).toBeGreaterThan(20);
    const last = acknowledged.at(-1)!.sequence;
    const itemIds = acknowledged.map(({ itemId }) => itemId);
    const survivor = await get(second, itemIds, last);
    expect(survivor.missingItemIds).toEqual([]);
    first = await startReplica();
    const restarted = await get(first, itemIds, last);
    expect(restarted.items).toEqual(survivor.items);
    const { model } = await first.models.getModel({ model: { name: 'gemirec', choice: undefined } });
    expect(model?.identity?.version).toBe('2');
  });
});
