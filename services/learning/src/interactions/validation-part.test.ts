import { describe, expect, it } from '@jest/globals';
import type { CommittedInteractions } from './committed-interactions.js';
import { historyFromEvents } from './user-history.js';
import { isValidationRecord, withoutValidation } from './validation-part.js';

const source = 0;
const target = 1;
/** Ten events, the target domain at the odd places, unless few of them are wanted. */
function dataOf(users: number, domains: readonly number[]): CommittedInteractions {
  const history = historyFromEvents(
    domains.map((domain, item) => ({ domain, item, timestampMs: 1000 * item, value: 1 })),
  );
  return { users, targetDomain: target, history: () => history } as unknown as CommittedInteractions;
}

describe('the validation part', () => {
  const rich = dataOf(4000, [target, source, target, target, source]);

  it('is about a quarter of the records that have enough target events', () => {
    const held = Array.from({ length: rich.users }, (_, record) => isValidationRecord(rich, record));
    expect(held.filter(Boolean).length / rich.users).toBeCloseTo(0.25, 2);
  });

  it('has no record with fewer than three target events', () => {
    const poor = dataOf(100, [target, source, target]);
    for (let record = 0; record < poor.users; record++) expect(isValidationRecord(poor, record)).toBe(false);
  });

  it('is the last target event alone, and only of its records', () => {
    const rest = withoutValidation(rich);
    for (let record = 0; record < 40; record++) {
      const held = isValidationRecord(rich, record);
      expect(Array.from(rest.history(record).items)).toEqual(held ? [0, 1, 2, 4] : [0, 1, 2, 3, 4]);
      expect(rest.history(record).length).toBe(held ? 4 : 5);
    }
  });
});
