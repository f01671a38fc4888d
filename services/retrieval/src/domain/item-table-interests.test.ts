import { describe, expect, it } from '@jest/globals';
import { ItemTable } from './item-table.js';

/** The code of an item is the sign of its first coordinate. */
const interests = { counts: [2], codesOf: (_: string, vector: Float32Array) => [vector[0]! < 0 ? 0 : 1] };
const none: ReadonlySet<number> = new Set();

function table(): ItemTable {
  const vectors = Float32Array.of(1, 1, 2, 0, -1, 3, -2, 1);
  return new ItemTable(['a', 'b', 'c', 'd'], vectors, 2, interests);
}

describe('ItemTable by interest', () => {
  it('searches the items of each interest, and the others together', () => {
    const items = table();
    const search = (codes: number[][]) =>
      items
        .searchInterests(Float32Array.of(0, 1, 0, 1), codes, 5, none)
        .hits.map(({ rows }) => Array.from(rows, (row) => items.idOf(row)));
    expect(search([[0], [1]])).toEqual([
      ['c', 'd'],
      ['a', 'b'],
    ]);
    expect(search([[1], []])).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(search([[]])).toEqual([['c', 'a', 'd', 'b']]);
  });

  it('follows writes from one interest to another', () => {
    const items = table();
    items.upsert('a', Float32Array.of(-5, 9));
    items.upsert('e', Float32Array.of(3, 8));
    items.remove('b');
    const { hits, rowsScanned } = items.searchInterests(Float32Array.of(0, 1), [[1]], 5, none);
    expect(Array.from(hits[0]!.rows, (row) => items.idOf(row))).toEqual(['e']);
    expect(rowsScanned).toBe(1);
    items.upsert('b', Float32Array.of(2, 0));
    expect(items.searchInterests(Float32Array.of(0, 1), [[1]], 5, none).rowsScanned).toBe(2);
  });

  it('leaves out what is excluded', () => {
    const items = table();
    const { hits } = items.searchInterests(Float32Array.of(0, 1), [[0]], 5, new Set([items.rowOf('c')!]));
    expect(Array.from(hits[0]!.rows, (row) => items.idOf(row))).toEqual(['d']);
  });
});
