/** Segments `[first, end)` of a run, replayed one after the other by one worker. */
export interface ReplaySpan {
  readonly first: number;
  readonly end: number;
}

/**
 * Cuts a run into spans that can be replayed at the same time. A span starts at segment 0, whose state is computed from
 * the seed, or at a segment whose starting state the prover kept; so a run that keeps few states has few spans.
 *
 * @param segments number of segments, at least 1
 * @param keptStates whether the state before segment i is in the store, for i from 1; index 0 is ignored
 * @param spanSegments segments that a span should have at least, 1 or more, the last one excepted
 */
export function replaySpans(
  segments: number,
  keptStates: readonly boolean[],
  spanSegments: number,
): ReplaySpan[] {
  const spans: ReplaySpan[] = [];
  let first = 0;
  for (let segment = 1; segment < segments; segment += 1) {
    if (segment - first >= spanSegments && keptStates[segment]) {
      spans.push({ first, end: segment });
      first = segment;
    }
  }
  spans.push({ first, end: segments });
  return spans;
}

/**
 * Where a span goes on after an interruption: the last segment not beyond the first one that is still to be replayed,
 * among those whose starting state can be had without a replay.
 *
 * @param span the span
 * @param replayed segments of the span that are replayed already
 * @param keptStates whether the state before segment i is in the store
 * @returns the segment to start from; `span.end` where nothing is left
 */
export function resumeSegment(
  span: ReplaySpan,
  replayed: ReadonlySet<number>,
  keptStates: readonly boolean[],
): number {
  let segment = span.first;
  while (segment < span.end && replayed.has(segment)) segment += 1;
  if (segment === span.end) return span.end;
  while (segment > span.first && !keptStates[segment]) segment -= 1;
  return segment;
}
