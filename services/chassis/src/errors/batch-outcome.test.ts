import { describe, expect, it } from '@jest/globals';
import { batchOutcome } from './batch-outcome.js';
import { failure } from './isthmus-error.js';
import { requireKnownDomains } from './known-domains.js';
import { fromStatusProto } from './status-proto.js';

describe('batchOutcome', () => {
  it('holds the response, or the error in its place', async () => {
    expect(await batchOutcome(async () => 7)).toEqual({ outcome: { $case: 'response', value: 7 } });
    const { outcome } = await batchOutcome(() => Promise.reject(failure('ITEM_UNKNOWN', 'No such item.')));
    if (outcome.$case !== 'error') throw new Error('no error');
    expect(fromStatusProto(outcome.value)).toMatchObject({ reason: 'ITEM_UNKNOWN' });
  });
});

describe('requireKnownDomains', () => {
  const event = (domain: string) => ({ domain, itemId: 'i', timestampMs: 0n, type: '' });
  const user = (...domains: string[]) => ({
    userId: '',
    events: domains.map(event),
    features: {},
    withheldDomains: [],
  });

  it('names the first event of a domain that the model does not know', () => {
    expect(() => requireKnownDomains(user('food', 'cars', 'boats'), ['food', 'kitchen'])).toThrow(
      expect.objectContaining({
        reason: 'DOMAIN_UNKNOWN',
        metadata: { field: 'user.events[1].domain', domain: 'cars', domains: 'food,kitchen' },
      }),
    );
  });

  it('lets known domains, and nobody, pass', () => {
    requireKnownDomains(user('kitchen', 'food'), ['food', 'kitchen']);
    requireKnownDomains(undefined, []);
  });
});
