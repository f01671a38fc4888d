import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { replaySpans, resumeSegment } from './replay-span.js';

describe('the spans of a run', () => {
  it('cover every segment once, and begin where a state was kept', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        (kept, spanSegments) => {
          const spans = replaySpans(kept.length, kept, spanSegments);
          expect(spans.flatMap(({ first, end }) => range(first, end))).toEqual(range(0, kept.length));
          for (const { first, end } of spans) {
            expect(first === 0 || kept[first]).toBe(true);
            expect(end - first >= spanSegments || end === kept.length).toBe(true);
          }
        },
      ),
    );
  });

  it('is one where nothing but the seed can start a replay', () => {
    expect(replaySpans(5, [true, false, false, false, false], 1)).toEqual([{ first: 0, end: 5 }]);
  });
});

describe('a span that goes on', () => {
  const span = { first: 2, end: 6 };

  it.each([
    ['at its start where nothing is replayed', [], [2, 3, 4, 5], 2],
    ['at the first segment that is not replayed', [2, 3], [2, 3, 4, 5], 4],
    ['at the last kept state before that segment', [2, 3, 4], [2, 3], 3],
    ['at its start where no later state is kept', [2, 3, 4], [2], 2],
    ['nowhere where everything is replayed', [2, 3, 4, 5], [2], 6],
  ])('begins %s', (_case, replayed, kept, expected) => {
    const isKept = range(0, 6).map((segment) => kept.includes(segment));
    expect(resumeSegment(span, new Set(replayed), isKept)).toBe(expected);
  });
});

function range(first: number, end: number): number[] {
  return Array.from({ length: end - first }, (_, i) => first + i);
}
