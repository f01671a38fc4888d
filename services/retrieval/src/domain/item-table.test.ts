import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ItemTable } from './item-table.js';

const none: ReadonlySet<number> = new Set();

function table(): ItemTable {
  return new ItemTable(['a', 'b', 'c'], Float32Array.of(1, 0, 0, 1, -1, 0), 2);
}

function found(items: ItemTable, query: readonly number[], k: number): string[] {
  const [hits] = items.search(Float32Array.from(query), k, none);
  return Array.from(hits?.rows ?? [], (row) => items.idOf(row));
}

describe('ItemTable', () => {
  it('finds the model’s own items by inner product, equal ones by row', () => {
    expect(found(table(), [1, 0], 3)).toEqual(['a', 'b', 'c']);
    expect(found(table(), [0, 0], 2)).toEqual(['a', 'b']);
  });

  it('shows a write to the next search and hides what was removed', () => {
    const items = table();
    items.upsert('d', Float32Array.of(5, 0));
    expect(found(items, [1, 0], 2)).toEqual(['d', 'a']);
    items.remove('a');
    expect(items.rowOf('a')).toBeUndefined();
    expect(found(items, [1, 0], 2)).toEqual(['d', 'b']);
    items.upsert('a', Float32Array.of(9, 0));
    expect(found(items, [1, 0], 1)).toEqual(['a']);
    expect(items.size).toBe(4);
  });

  it('refuses a vector of another dimension', () => {
    expect(() => table().upsert('d', Float32Array.of(1))).toThrow(/vector of 1/);
  });

  it('agrees with a map after any sequence of writes', () => {
    const write = fc.record({
      id: fc.constantFrom('a', 'b', 'x', 'y', 'z'),
      value: fc.integer({ min: -9, max: 9 }),
      remove: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(write, { maxLength: 40 }), (writes) => {
        const items = table();
        const expected = new Map([
          ['a', 1],
          ['b', 0],
          ['c', -1],
        ]);
        for (const { id, value, remove } of writes) {
          if (remove) {
            items.remove(id);
            expected.delete(id);
          } else {
            items.upsert(id, Float32Array.of(value, 0));
            expected.set(id, value);
          }
        }
        expect(items.size).toBe(expected.size);
        const scores = found(items, [1, 0], 10).map((id) => expected.get(id));
        expect(scores).toEqual([...expected.values()].sort((p, q) => q - p));
      }),
    );
  });
});
