import type { Inputs, Plan, TrainingProgram, TrainingState } from '@isthmus/proof';

/** What one segment needs. */
export interface SegmentTask {
  readonly program: TrainingProgram;
  readonly plan: Plan;
  readonly seed: Uint8Array;
  readonly state: TrainingState;
  readonly inputs: Inputs;
  /** Monotonic clock in milliseconds. */
  readonly now: () => number;
  /** Called between steps, a few times a second. */
  readonly onStep: (state: TrainingState) => void;
  /** Stops between two steps. */
  readonly signal?: AbortSignal | undefined;
}

/** What one segment did. */
export interface SegmentEnd {
  readonly state: TrainingState;
  /** Steps taken, 1 to `plan.segmentSteps`. */
  readonly steps: number;
  /** Whether the program's stopping rule holds. */
  readonly finished: boolean;
  /** Time inside the program, in milliseconds. */
  readonly trainMs: number;
}

/** The event loop gets its turn at least this often, so that acknowledgements and signals arrive while training goes on. */
const TURN_INTERVAL_MS = 50;
const STEP_REPORT_INTERVAL_MS = 200;

/** Runs the program until the segment is full or the stopping rule holds. Throws the signal's reason when it is aborted. */
export async function runSegment(task: SegmentTask): Promise<SegmentEnd> {
  const { program, plan, seed, inputs, now } = task;
  let state = task.state;
  let steps = 0;
  let trainMs = 0;
  let reportedAt = now();
  let finished = program.finished(plan, state);
  while (steps < plan.segmentSteps && !finished) {
    const from = now();
    while (steps < plan.segmentSteps && !finished && now() - from < TURN_INTERVAL_MS) {
      state = program.advance(plan, seed, state, inputs);
      steps += 1;
      finished = program.finished(plan, state);
    }
    trainMs += now() - from;
    if (now() - reportedAt >= STEP_REPORT_INTERVAL_MS) {
      reportedAt = now();
      task.onStep(state);
    }
    await new Promise((resolve) => setImmediate(resolve));
    task.signal?.throwIfAborted();
  }
  return { state, steps, finished, trainMs };
}
