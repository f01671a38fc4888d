import type { ServiceClient } from '@isthmus/chassis';
import {
  decodeRepresentationVectors,
  type RepresentationVectors,
  representationRow,
} from '@isthmus/learning';
import {
  RepresentationServiceClient,
  RepresentRequest,
} from '@isthmus/proto/isthmus/representation/v1/representation.js';
import { RetrievalServiceClient, RetrieveRequest } from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import { type OpenModel, openModel } from '@isthmus/trainer';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type People, people } from '../support/people.js';
import { SuiteMesh } from '../support/suite-mesh.js';

let mesh: SuiteMesh;
let users: People;
let representation: ServiceClient<typeof RepresentationServiceClient.service>;
let retrieval: ServiceClient<typeof RetrievalServiceClient.service>;
let offline: OpenModel;
let exported: RepresentationVectors;

beforeAll(async () => {
  mesh = await SuiteMesh.create('served-bits');
  users = await people(mesh.small);
  const serving = await mesh.startServing();
  representation = mesh.connect(RepresentationServiceClient, serving.representation.address);
  retrieval = mesh.connect(RetrievalServiceClient, serving.retrieval.address);
  const { program, modelDigest, inputs } = mesh.small.retrieval;
  offline = await openModel(mesh.objects, { programDigest: program.digest, modelDigest, inputs });
  const artefact = offline.inputs.artefact('representation');
  if (artefact === undefined) throw new Error('the retrieval model was trained without a representation');
  exported = decodeRepresentationVectors((name) => artefact.file(name));
}, 600_000);

afterAll(async () => {
  await mesh?.remove();
}, 180_000);

describe('Represent', () => {
  it('gives the bits of the exported vector for the history of every record', async () => {
    const records = Array.from({ length: users.data.users }, (_, record) => record);
    const requests = records.map((record) =>
      RepresentRequest.fromPartial({ model: { name: 'ce-cdr' }, user: users.context(record) }),
    );
    for (let from = 0; from < records.length; from += 256) {
      const batch = requests.slice(from, from + 256);
      const { results } = await representation.batchRepresent({ requests: batch }, { deadlineMs: 30_000 });
      for (const [place, { outcome }] of results.entries()) {
        if (outcome?.$case !== 'response') throw new Error(`record ${from + place} has no representation`);
        expect(bitsOf(outcome.value.user)).toEqual(
          exportedBits(representationRow(exported, from + place, Number.POSITIVE_INFINITY)),
        );
      }
    }
  });

  // The exported vectors of earlier times leave out what the user's own events did to the items: see ADR 10.
  it('gives the gates of the exported vectors at earlier times, and vectors near theirs', async () => {
    const asked = users.warm.slice(0, 10).flatMap((record) => {
      const rows = Array.from(
        { length: exported.offsets[record + 1]! - exported.offsets[record]! - 1 },
        (_, i) => exported.offsets[record]! + i,
      );
      return rows.slice(0, 5).map((row) => ({ record, row }));
    });
    expect(asked.length).toBeGreaterThan(20);
    for (const { record, row } of asked) {
      const answer = await representation.represent(
        RepresentRequest.fromPartial({
          model: { name: 'ce-cdr' },
          user: users.context(record),
          asOfMs: BigInt(exported.cutMs[row]!),
        }),
      );
      const vector = vectorOf(answer.user);
      const gate = exported.gates[row]!;
      expect(answer.user?.gate).toBe(gate);
      const of = exported.vectors.subarray(row * exported.dim, (row + 1) * exported.dim);
      const cosine =
        of.reduce((sum, value, i) => sum + value * vector[i]!, 0) /
        (Math.hypot(...of) * Math.hypot(...vector));
      if (gate > 0) expect(cosine).toBeGreaterThan(0.7);
    }
  });
});

describe('Retrieve', () => {
  it('gives the candidates that the recommender of the program gives offline', async () => {
    for (const record of [...users.warm.slice(0, 20), ...users.cold.slice(0, 10)]) {
      const history = users.data.history(record);
      const taken = new Set(
        history.filter(({ domain }) => domain === users.targetDomain).map(({ itemId }) => itemId),
      );
      const excluded = new Set(
        Array.from({ length: users.data.items }, (_, item) => item).filter((item) => {
          const { domain, itemId } = users.data.item(item);
          return domain === users.targetDomain && taken.has(itemId);
        }),
      );
      const expected = offline.recommender?.recommend(record, 50, excluded) ?? [];
      const { hits } = await retrieval.retrieve(
        RetrieveRequest.fromPartial({ model: { name: 'gemirec' }, user: users.context(record), k: 50 }),
      );
      expect(hits.map(({ itemId }) => itemId)).toEqual(
        Array.from(expected, (item) => users.data.item(item).itemId),
      );
    }
  });
});

function vectorOf(answer: { vector: { values: Uint8Array } | undefined } | undefined): Float32Array {
  return new Float32Array(Uint8Array.from(answer?.vector?.values ?? []).buffer);
}

/** Vector and gate as hexadecimal, so that equality is equality of bits. */
function bitsOf(answer: { vector: { values: Uint8Array } | undefined; gate: number } | undefined): string {
  const gate = Buffer.alloc(4);
  gate.writeFloatLE(answer?.gate ?? Number.NaN);
  return `${Buffer.from(answer?.vector?.values ?? []).toString('hex')} ${gate.toString('hex')}`;
}

function exportedBits(row: number): string {
  const { dim, vectors, gates } = exported;
  const bytes = Buffer.alloc(4 * dim);
  vectors.subarray(row * dim, (row + 1) * dim).forEach((value, i) => {
    bytes.writeFloatLE(value, 4 * i);
  });
  return bitsOf({ vector: { values: bytes }, gate: gates[row]! });
}
