import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InterestLists } from './interest-lists.js';

describe('InterestLists', () => {
  it('numbers interests by their codes', () => {
    const lists = new InterestLists([4, 8]);
    expect(lists.tupleOf([0, 0])).toBe(0);
    expect(lists.tupleOf([1, 0])).toBe(8);
    expect(lists.tupleOf([9, 3, 7], 1)).toBe(31);
  });

  it('holds every row under the interest that it was last put under', () => {
    const write = fc.record({ row: fc.nat(20), tuple: fc.integer({ min: -1, max: 5 }) });
    fc.assert(
      fc.property(fc.array(write, { maxLength: 60 }), (writes) => {
        const lists = new InterestLists([6]);
        const expected = new Map<number, number>();
        for (const { row, tuple } of writes) {
          if (tuple < 0) {
            lists.remove(row);
            expected.delete(row);
          } else {
            lists.put(row, tuple);
            expected.set(row, tuple);
          }
        }
        for (let tuple = 0; tuple < 6; tuple++) {
          const rows = [...expected].filter(([, own]) => own === tuple).map(([row]) => row);
          expect(lists.rowsOf(tuple).toSorted((a, b) => a - b)).toEqual(rows.toSorted((a, b) => a - b));
        }
        for (let row = 0; row <= 20; row++) expect(lists.interestOf(row)).toBe(expected.get(row) ?? -1);
      }),
    );
  });
});
