/** Kind of a failure. All but `ABSTAIN` are the prover's doing. */
export type FailureClass = 'MALFORMED' | 'BINDING' | 'REPLAY_MISMATCH' | 'POLICY' | 'ABSTAIN';

/** Why a check did not hold. */
export interface Failure {
  readonly class: FailureClass;
  /** In words, for the prover and the log. Names no user and no path. */
  readonly message: string;
  /** Segment that the failure was found in; undefined where it belongs to none. */
  readonly segment: number | undefined;
  /** SHA-256 of the evidence in the store, hexadecimal; undefined where there is none. */
  readonly evidence: string | undefined;
}

/** What is stored of one span of a run's replay. */
export interface SpanOutcome {
  readonly first: number;
  readonly end: number;
  /** Whether the span is replayed to its end or to its first failure. */
  readonly settled: boolean;
  readonly failure: Failure | undefined;
}

/** What was decided of a run. */
export interface Verdict {
  readonly decision: 'ACCEPT' | 'REJECT' | 'ABSTAIN';
  readonly failure: Failure | undefined;
  /** Segments replayed and found equal bit for bit. */
  readonly replayedSegments: number;
  readonly totalSegments: number;
}

/**
 * The verdict that the stored outcomes force, or undefined while there is none yet. A pure function of what is stored,
 * so computing it again after a crash gives the same.
 *
 * A failure of the prover's doing decides once everything before it is settled: the verdict then names the first
 * failing segment, whatever the order in which the workers came back. An inability of the service decides only
 * where no earlier failure of the prover is known.
 *
 * @param totalSegments segments of the run
 * @param replayedSegments segments found equal so far
 * @param outcomes all spans of the run, ascending
 */
export function decideVerdict(
  totalSegments: number,
  replayedSegments: number,
  outcomes: readonly SpanOutcome[],
): Verdict | undefined {
  for (const outcome of outcomes) {
    if (!outcome.settled) return undefined;
    if (outcome.failure !== undefined) {
      return {
        decision: outcome.failure.class === 'ABSTAIN' ? 'ABSTAIN' : 'REJECT',
        failure: outcome.failure,
        replayedSegments,
        totalSegments,
      };
    }
  }
  if (replayedSegments !== totalSegments) return undefined;
  return { decision: 'ACCEPT', failure: undefined, replayedSegments, totalSegments };
}

/** Whether the replay of a span can no longer change the verdict, because an earlier one has failed. */
export function isMoot(span: { readonly first: number }, outcomes: readonly SpanOutcome[]): boolean {
  return outcomes.some((outcome) => outcome.failure !== undefined && outcome.first < span.first);
}
