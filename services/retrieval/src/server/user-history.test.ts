import { UserContext } from '@isthmus/proto/isthmus/model/v1/user.js';
import { CrossDomainMode } from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import { describe, expect, it } from '@jest/globals';
import type { ServedModel } from '../domain/served-model.js';
import { transitionCauses } from './transition-causes.js';
import { userHistory } from './user-history.js';

const { CROSS_DOMAIN_MODE_AUTO, CROSS_DOMAIN_MODE_OFF } = CrossDomainMode;

/** Rows of films are 0 and 1; the model takes the book as a token with row 2. An item 'a' is in both domains. */
const rows: Record<string, Record<string, number>> = { films: { a: 0, b: 1 }, books: { a: 2 } };
const served = {
  model: {
    header: { domains: ['books', 'films'], targetDomain: 'films' },
    historyRowOf: (domain: string, itemId: string) => rows[domain]?.[itemId],
    prior: {
      bonus: () => new Float64Array(2),
      causes: () => [
        { position: 1, share: 0.75, probability: 0.2 },
        { position: 0, share: 0.25, probability: 0.1 },
      ],
    },
  },
} as unknown as ServedModel;

const user = UserContext.fromPartial({
  events: [
    { domain: 'films', itemId: 'b', timestampMs: 30n },
    { domain: 'films', itemId: 'unknown', timestampMs: 25n },
    { domain: 'books', itemId: 'a', timestampMs: 20n },
    { domain: 'films', itemId: 'a', timestampMs: 10n },
  ],
});

describe('userHistory', () => {
  it('maps events of all domains that the model takes to rows, oldest first', () => {
    const history = userHistory(user, served, CROSS_DOMAIN_MODE_AUTO);
    expect(Array.from(history.rows)).toEqual([0, 2, 1]);
    expect(Array.from(history.eventIndices)).toEqual([3, 2, 0]);
  });

  it('names the items of the target domain alone as met', () => {
    expect([...userHistory(user, served, CROSS_DOMAIN_MODE_AUTO).itemIds].sort()).toEqual([
      'a',
      'b',
      'unknown',
    ]);
  });

  it('leaves other domains out where they are withheld or not to be used', () => {
    const withheld = { ...user, withheldDomains: ['books'] };
    expect(Array.from(userHistory(withheld, served, CROSS_DOMAIN_MODE_AUTO).rows)).toEqual([0, 1]);
    expect(Array.from(userHistory(user, served, CROSS_DOMAIN_MODE_OFF).rows)).toEqual([0, 1]);
  });
});

describe('transitionCauses', () => {
  it('names the events that an item was seen to follow', () => {
    const history = userHistory(user, served, CROSS_DOMAIN_MODE_AUTO);
    expect(transitionCauses(served, user, history, 1)).toEqual([
      { eventIndex: 2, domain: 'books', itemId: 'a', timestampMs: 20n, probability: 0.2, weight: 0.75 },
      { eventIndex: 3, domain: 'films', itemId: 'a', timestampMs: 10n, probability: 0.1, weight: 0.25 },
    ]);
  });
});
