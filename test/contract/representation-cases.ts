import {
  BatchRepresentRequest,
  RepresentationServiceService as Representation,
  RepresentRequest,
  ScoreCausalityRequest,
} from '@isthmus/proto/isthmus/representation/v1/representation.js';
import { expect } from '@jest/globals';
import type { ContractWorld } from './contract-world.js';
import { bad, invalid, type MethodCases, methodCases } from './method-cases.js';
import { badModels, badUsers, beyondSafe, spec } from './shared-cases.js';

/** A user whose events happened in a distant future. */
function futureUser({ user }: ContractWorld) {
  return {
    ...user,
    events: user.events.map((event, index) => ({ ...event, timestampMs: beyondSafe + 2n * BigInt(index) })),
  };
}

const representRequest = (world: ContractWorld): RepresentRequest => ({
  ...RepresentRequest.fromPartial({ model: { name: 'ce-cdr' }, maxCauses: 100 }),
  user: futureUser(world),
  targetItemIds: world.targetItems(3),
});

/** Cases of `isthmus.representation.v1.RepresentationService`. */
export const representationCases: readonly MethodCases[] = [
  methodCases(
    Representation.represent,
    'representation',
    representRequest,
    [
      ...badModels<RepresentRequest>('ce-cdr'),
      ...badUsers<RepresentRequest>(),
      invalid('a negative time', (good) => ({ ...good, asOfMs: -1n })),
      invalid('101 causes', (good) => ({ ...good, maxCauses: 101 })),
      invalid('1,001 candidates', (good) => ({ ...good, targetItemIds: Array(1001).fill('x') })),
      invalid('a candidate without an id', (good) => ({ ...good, targetItemIds: [''] })),
      bad(
        'an unknown target domain',
        (good) => ({ ...good, targetDomain: 'shoes' }),
        'INVALID_ARGUMENT',
        'DOMAIN_UNKNOWN',
      ),
      bad(
        'an unknown candidate',
        (good) => ({ ...good, targetItemIds: ['never-there'] }),
        'NOT_FOUND',
        'ITEM_UNKNOWN',
      ),
    ],
    ([answer], _world, request) => {
      expect(answer?.candidates).toHaveLength(3);
      // Times beyond 2^53 come back to the millisecond.
      for (const { eventIndex, timestampMs } of answer?.user?.causes ?? [])
        expect(timestampMs).toBe(request.user?.events[eventIndex]?.timestampMs);
      expect(answer?.user?.causes.some(({ timestampMs }) => timestampMs > beyondSafe)).toBe(true);
    },
  ),
  methodCases(
    Representation.batchRepresent,
    'representation',
    (world) => {
      const one = representRequest(world);
      return BatchRepresentRequest.fromPartial({ requests: [one, { ...one, model: spec('nobody') }] });
    },
    [
      invalid<BatchRepresentRequest>('no requests', () => ({ requests: [] })),
      invalid('257 requests', ({ requests }) => ({ requests: Array(257).fill(requests[0]) })),
    ],
    ([answer]) => {
      expect(answer?.results.map(({ outcome }) => outcome?.$case)).toEqual(['response', 'error']);
    },
  ),
  methodCases(
    Representation.scoreCausality,
    'representation',
    (world) => ({
      ...ScoreCausalityRequest.fromPartial({ model: { name: 'ce-cdr' } }),
      user: futureUser(world),
      targetItemIds: [...world.targetItems(2), 'never-there'],
    }),
    [
      ...badModels<ScoreCausalityRequest>('ce-cdr'),
      ...badUsers<ScoreCausalityRequest>(),
      invalid('a negative time', (good) => ({ ...good, asOfMs: -1n })),
      invalid('no target items', (good) => ({ ...good, targetItemIds: [] })),
      invalid('1,001 target items', (good) => ({ ...good, targetItemIds: Array(1001).fill('x') })),
      bad(
        'an unknown target domain',
        (good) => ({ ...good, targetDomain: 'shoes' }),
        'INVALID_ARGUMENT',
        'DOMAIN_UNKNOWN',
      ),
    ],
    ([answer]) => {
      expect(answer?.unknownItemIds).toEqual(['never-there']);
      expect(answer?.probabilities?.rows).toBe(3);
    },
  ),
];
