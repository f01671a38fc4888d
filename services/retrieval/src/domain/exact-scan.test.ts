import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exactScan } from './exact-scan.js';

const dim = 5;
const coordinate = fc.integer({ min: -2, max: 2 });
const vectors = (count: number) => fc.array(coordinate, { minLength: count * dim, maxLength: count * dim });

describe('exactScan', () => {
  it('gives the best rows that are allowed, ties by row', () => {
    fc.assert(
      fc.property(vectors(12), vectors(2), fc.integer({ min: 0, max: 14 }), (rows, queries, k) => {
        const allowed = (row: number) => row % 3 !== 1;
        const found = exactScan(Float32Array.from(rows), Float32Array.from(queries), dim, k, allowed);
        found.forEach((hits, query) => {
          const scored = Array.from({ length: 12 }, (_, row) => ({
            row,
            score: rows
              .slice(row * dim, (row + 1) * dim)
              .reduce((sum, x, i) => sum + x * queries[query * dim + i]!, 0),
          }))
            .filter(({ row }) => allowed(row))
            .sort((a, b) => b.score - a.score || a.row - b.row)
            .slice(0, k);
          expect(Array.from(hits.rows)).toEqual(scored.map(({ row }) => row));
          expect(Array.from(hits.scores, (score) => score + 0)).toEqual(scored.map(({ score }) => score + 0));
        });
      }),
    );
  });
});
