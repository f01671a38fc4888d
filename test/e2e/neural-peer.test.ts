import { PredictInterestsRequest, RetrieveRequest } from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import type { TrainResult } from '@isthmus/trainer';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type People, people } from '../support/people.js';
import { type ServedPeer, servePeer } from '../support/served-peer.js';
import { SuiteMesh } from '../support/suite-mesh.js';

let mesh: SuiteMesh;
let users: People;
let trained: TrainResult;
let retrieval: ServedPeer['retrieval'];
const model = { name: 'comirec-sa', choice: undefined };
const interests = 3;

beforeAll(async () => {
  mesh = await SuiteMesh.create('neural-peer');
  users = await people(mesh.small);
  const peer = await servePeer(mesh, model.name, {
    dim: 8,
    batchSize: 64,
    uniformNegatives: 32,
    maxLength: 8,
    interests,
    maxEpochs: 3,
    segments: 3,
  });
  trained = peer.trained;
  retrieval = peer.retrieval;
}, 600_000);

afterAll(async () => {
  await mesh?.remove();
}, 180_000);

describe('a neural peer', () => {
  it('is replayed bit for bit as the others are', () => {
    expect(trained.verdict?.state).toBe('ATTESTED');
    expect(trained.segments).toBeGreaterThan(1);
  });

  it('is served by name, with a number for each of its interests', async () => {
    const user = users.context(users.warm[0]!);
    const response = await retrieval.retrieve(RetrieveRequest.fromPartial({ model, user, k: 20 }));
    expect(new Set(response.hits.map(({ itemId }) => itemId)).size).toBe(20);
    expect(response.model?.attestationId).not.toBe('');
    expect(response.interests.map(({ id }) => id)).toEqual(['0', '1', '2']);
    for (const { codes, probability } of response.interests) {
      expect(codes).toEqual([]);
      expect(probability).toBeCloseTo(1 / interests, 6);
    }
    for (const { interest } of response.hits) expect(interest).toBeLessThan(interests);
  });

  it('gives the same interests without a search, and has an answer for nobody', async () => {
    const foretold = await retrieval.predictInterests(
      PredictInterestsRequest.fromPartial({ model, user: {} }),
    );
    expect(foretold.interests).toHaveLength(interests);
    const response = await retrieval.retrieve(RetrieveRequest.fromPartial({ model, user: {}, k: 5 }));
    expect(response.hits).toHaveLength(5);
  });
});
