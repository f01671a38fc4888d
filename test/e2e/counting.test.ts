import {
  CrossDomainMode,
  CrossDomainStatus,
  PredictInterestsRequest,
  RetrieveRequest,
} from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import type { TrainResult } from '@isthmus/trainer';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type People, people } from '../support/people.js';
import { type ServedPeer, servePeer } from '../support/served-peer.js';
import { SuiteMesh } from '../support/suite-mesh.js';

let mesh: SuiteMesh;
let users: People;
let counted: TrainResult;
let retrieval: ServedPeer['retrieval'];
const model = { name: 'item-knn', choice: undefined };

beforeAll(async () => {
  mesh = await SuiteMesh.create('counting');
  users = await people(mesh.small);
  const peer = await servePeer(mesh, model.name, { usersPerStep: 100 });
  counted = peer.trained;
  retrieval = peer.retrieval;
}, 600_000);

afterAll(async () => {
  await mesh?.remove();
}, 180_000);

describe('a model that counts', () => {
  it('is replayed bit for bit as the others are', () => {
    expect(counted.verdict?.state).toBe('ATTESTED');
    expect(counted.segments).toBeGreaterThan(1);
  });

  it('is admitted by its attestation, and says from which event a hit was counted', async () => {
    const record = users.warm[0]!;
    const user = users.context(record);
    const response = await retrieval.retrieve(RetrieveRequest.fromPartial({ model, user, k: 20 }));
    expect(response.hits).toHaveLength(20);
    expect(response.model?.attestationId).not.toBe('');
    expect(response.crossDomain?.status).toBe(CrossDomainStatus.CROSS_DOMAIN_STATUS_NOT_CONFIGURED);
    const met = new Set(users.data.history(record).map(({ itemId }) => itemId));
    const origins = new Set(user.events.map(({ domain, itemId }) => `from ${domain}/${itemId}`));
    for (const hit of response.hits) {
      expect(met.has(hit.itemId)).toBe(false);
      const origin = response.interests[hit.interest]!;
      expect(origin.id === 'popularity' || origins.has(origin.id)).toBe(true);
      expect(origin.probability).toBe(0);
    }
    expect(response.interests[response.hits[0]!.interest]!.inHistory).toBe(true);
    const scores = response.hits.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it('answers by popularity where nothing is known of a user, and foretells no interests', async () => {
    const response = await retrieval.retrieve(RetrieveRequest.fromPartial({ model, user: {}, k: 5 }));
    expect(response.hits).toHaveLength(5);
    expect(response.interests.map(({ id }) => id)).toEqual(['popularity']);
    const foretold = await retrieval.predictInterests(
      PredictInterestsRequest.fromPartial({ model, user: {} }),
    );
    expect(foretold.interests).toEqual([]);
  });

  it('refuses a call that requires a representation', async () => {
    const crossDomain = CrossDomainMode.CROSS_DOMAIN_MODE_REQUIRED;
    const request = RetrieveRequest.fromPartial({ model, user: {}, k: 5, crossDomain });
    await expect(retrieval.retrieve(request)).rejects.toThrow(/cross-domain representation/);
  });
});
