import {
  BatchRetrieveRequest,
  CrossDomainMode,
  MergeControl,
  PredictInterestsRequest,
  RetrievalServiceService as Retrieval,
  RetrieveRequest,
} from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import { expect } from '@jest/globals';
import type { ContractWorld } from './contract-world.js';
import { type BadCase, bad, invalid, type MethodCases, methodCases } from './method-cases.js';
import { badModels, badUsers, beyondSafe, spec } from './shared-cases.js';

const retrieveRequest = ({ user }: ContractWorld): RetrieveRequest => ({
  ...RetrieveRequest.fromPartial({ model: { name: 'gemirec' }, k: 5 }),
  user,
});

const merged = (good: RetrieveRequest, merge: Partial<MergeControl>): RetrieveRequest => ({
  ...good,
  merge: { ...MergeControl.fromPartial({}), ...merge },
});

const retrieveCases: BadCase<RetrieveRequest>[] = [
  ...badModels<RetrieveRequest>('gemirec'),
  ...badUsers<RetrieveRequest>(),
  invalid('no candidates wanted', (good) => ({ ...good, k: 0 })),
  invalid('1,001 candidates', (good) => ({ ...good, k: 1001 })),
  invalid('65 interests', (good) => ({ ...good, interests: 65 })),
  invalid('a negative sequence', (good) => ({ ...good, minSequence: -1n })),
  invalid('a mode that is none', (good) => ({ ...good, crossDomain: 99 as CrossDomainMode })),
  invalid('10,001 excluded items', (good) => ({ ...good, excludedItemIds: Array(10_001).fill('x') })),
  invalid('a posterior weight that is NaN', (good) => merged(good, { posteriorWeight: Number.NaN })),
  invalid('a posterior weight below 0', (good) => merged(good, { posteriorWeight: -1 })),
  invalid('a quota exponent above 1', (good) => merged(good, { quotaExponent: 1.5 })),
  bad(
    'a sequence that nobody reaches by the deadline',
    (good) => ({ ...good, minSequence: beyondSafe }),
    'DEADLINE_EXCEEDED',
    'SEQUENCE_NOT_REACHED',
    { deadlineMs: 400 },
  ),
  bad(
    'a version that could not be loaded',
    (good) => ({ ...good, model: spec('gemirec', { $case: 'version', value: 'broken' }) }),
    'FAILED_PRECONDITION',
    'MODEL_NOT_READY',
  ),
  bad(
    'a representation that is required and not configured',
    (good) => ({ ...good, crossDomain: CrossDomainMode.CROSS_DOMAIN_MODE_REQUIRED }),
    'FAILED_PRECONDITION',
    'CROSS_DOMAIN_UNAVAILABLE',
    { port: 'alone' },
  ),
];

/** Cases of `isthmus.retrieval.v1.RetrievalService`. */
export const retrievalCases: readonly MethodCases[] = [
  methodCases(Retrieval.retrieve, 'retrieval', retrieveRequest, retrieveCases, ([answer]) => {
    expect(answer?.hits).toHaveLength(5);
  }),
  methodCases(
    Retrieval.batchRetrieve,
    'retrieval',
    (world) => {
      const one = retrieveRequest(world);
      return BatchRetrieveRequest.fromPartial({ requests: [one, { ...one, model: spec('nobody') }, one] });
    },
    [
      invalid('no requests', (good) => ({ ...good, requests: [] })),
      invalid('257 requests', (good) => ({ requests: Array(257).fill(good.requests[0]) })),
      invalid('a request without a model', ({ requests }) => ({
        requests: requests.map((one) => ({ ...one, model: undefined })),
      })),
    ],
    ([answer]) => {
      // One bad request does not fail the others.
      const outcomes = answer?.results.map(({ outcome }) => outcome);
      expect(outcomes?.map((outcome) => outcome?.$case)).toEqual(['response', 'error', 'response']);
      expect(outcomes?.[1]).toMatchObject({ value: { code: 5 } });
    },
  ),
  methodCases(
    Retrieval.predictInterests,
    'retrieval',
    ({ user }) => ({ ...PredictInterestsRequest.fromPartial({ model: { name: 'gemirec' } }), user }),
    [
      ...badModels<PredictInterestsRequest>('gemirec'),
      ...badUsers<PredictInterestsRequest>(),
      invalid('65 interests', (good) => ({ ...good, maxInterests: 65 })),
      invalid('a mode that is none', (good) => ({ ...good, crossDomain: 99 as CrossDomainMode })),
      bad(
        'a representation that is required and not configured',
        (good) => ({ ...good, crossDomain: CrossDomainMode.CROSS_DOMAIN_MODE_REQUIRED }),
        'FAILED_PRECONDITION',
        'CROSS_DOMAIN_UNAVAILABLE',
        { port: 'alone' },
      ),
    ],
    ([answer]) => {
      expect(answer?.interests.length).toBeGreaterThan(0);
    },
  ),
];
