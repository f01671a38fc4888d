import type { SegmentResult, SegmentRunner, TrainingState } from '@isthmus/proof';

/** Who is told and asked while a segment runs. */
export interface SegmentWatch {
  /** Monotonic clock in milliseconds. */
  readonly now: () => number;
  /** Called between steps, a few times a second. */
  readonly onStep: (state: TrainingState) => void;
  /** Stops between two steps. */
  readonly signal: AbortSignal | undefined;
}

/** The event loop gets its turn at least this often, so that acknowledgements and signals arrive while training goes on. */
const TURN_INTERVAL_MS = 50;
const STEP_REPORT_INTERVAL_MS = 200;

/**
 * Runs one segment from `state`, giving way to the event loop between steps. Throws the signal's reason where it is
 * aborted.
 * @returns the segment, and the time inside the program in milliseconds
 */
export async function runSegment(
  runner: SegmentRunner,
  state: TrainingState,
  { now, onStep, signal }: SegmentWatch,
): Promise<{ readonly result: SegmentResult; readonly trainMs: number }> {
  signal?.throwIfAborted();
  const steps = runner.steps(state);
  let trainMs = 0;
  let turnFrom = now();
  let reportedAt = turnFrom;
  for (;;) {
    const next = steps.next();
    const time = now();
    if (next.done === true) return { result: next.value, trainMs: trainMs + time - turnFrom };
    if (time - turnFrom < TURN_INTERVAL_MS) continue;
    trainMs += time - turnFrom;
    if (time - reportedAt >= STEP_REPORT_INTERVAL_MS) {
      reportedAt = time;
      onStep(next.value);
    }
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    turnFrom = now();
  }
}
