import { describe, expect, it } from '@jest/globals';
import type { CommittedInteractions } from './committed-interactions.js';
import { historyFromEvents } from './user-history.js';
import { isValidationRecord, withoutValidation } from './validation-part.js';
import { encodeRecordBitmap, recordBitmap, validationRuleOf } from './validation-rule.js';

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

describe('a validation rule', () => {
  it('keeps sets of records as bits', () => {
    const has = recordBitmap(encodeRecordBitmap([0, 7, 8, 21], 22));
    const found = Array.from({ length: 30 }, (_, record) => record).filter(has);
    expect(found).toEqual([0, 7, 8, 21]);
  });

  it.each([
    [{}, undefined],
    [{ validation: { rule: 'last-event', firstOnly: true } }, { rule: 'last-event', firstOnly: true }],
  ])('is read from the split %j', (split, rule) => {
    expect(validationRuleOf(split)).toEqual(rule);
  });

  it.each([[null], ['last'], [{ rule: 'last-event' }], [{ rule: 'later-part', records: '', share: 1 }]])(
    'is refused where it says %j',
    (validation) => {
      expect(() => validationRuleOf({ validation })).toThrow('validation rule');
    },
  );
});
