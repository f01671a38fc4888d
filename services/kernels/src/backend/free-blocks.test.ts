import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FreeBlocks } from './free-blocks.js';

describe('FreeBlocks', () => {
  it('takes the smallest part that holds a block, the lowest of equals', () => {
    const free = new FreeBlocks();
    free.give(0, 100);
    free.give(200, 50);
    free.give(300, 50);
    expect(free.take(40)).toBe(200);
    expect(free.take(60)).toBe(0);
    expect(free.take(60)).toBeUndefined();
    expect(free.takeBefore(350)).toBe(300);
    expect(free.takeBefore(350)).toBeUndefined();
  });

  it('lets what was cut grow together, in whatever order it comes back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 30 }),
        fc.infiniteStream(fc.nat()),
        (sizes, draws) => {
          const total = sizes.reduce((sum, size) => sum + size, 0);
          const free = new FreeBlocks();
          free.give(64, total);
          const taken = sizes.map((size) => ({ address: free.take(size)!, size }));
          expect(free.take(1)).toBeUndefined();
          while (taken.length > 0) {
            const [block] = taken.splice((draws.next().value as number) % taken.length, 1);
            free.give(block!.address, block!.size);
          }
          expect(free.take(total)).toBe(64);
        },
      ),
    );
  });
});
