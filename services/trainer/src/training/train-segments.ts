import type { ObjectStore } from '@isthmus/chassis';
import { commitSegment, type SegmentRunner, type TrainingState } from '@isthmus/proof';
import { firstState, keptState } from './begin-state.js';
import type { CheckpointDirectory, SegmentRecord } from './checkpoint-directory.js';
import type { CurveRecorder } from './curve-recorder.js';
import { runSegment } from './run-segment.js';
import type { RunSession } from './run-session.js';
import { stateKeeper } from './state-keeper.js';
import type { TrainingEvent } from './training-event.js';

/** A run from its seed, or from the last of its finished segments, to the end. */
export interface SegmentsTask {
  readonly runner: SegmentRunner;
  /** C0, 32 bytes. */
  readonly manifestDigest: Uint8Array;
  readonly session: RunSession;
  /** Segments of before a kill. */
  readonly finished: readonly SegmentRecord[];
  /** Where encoded states are kept; undefined where nobody can come back to them. */
  readonly states: ObjectStore | undefined;
  readonly directory: CheckpointDirectory | undefined;
  readonly curve: CurveRecorder;
  readonly notify: (event: TrainingEvent) => void;
  /** Monotonic clock in milliseconds. */
  readonly now: () => number;
  readonly signal: AbortSignal | undefined;
}

/** The end of the steps. */
export interface SegmentsEnd {
  readonly state: TrainingState;
  readonly encodedState: Uint8Array;
  readonly segments: readonly SegmentRecord[];
}

/**
 * Trains segment by segment; each is recorded, made durable and handed over while the next one is trained. Throws
 * `PROGRAM_INVALID` where the bound of the plan is met before the program's stopping rule holds.
 */
export async function trainSegments(task: SegmentsTask): Promise<SegmentsEnd> {
  const { runner, notify, now, curve } = task;
  const { program, plan } = runner.context;
  const segments = [...task.finished];
  const keeper = stateKeeper(task);
  for (const segment of segments) await task.session.commit(segment);
  const last = segments.at(-1);
  const begin = last ? await keptState(task.states, last) : firstState(runner, task.manifestDigest);
  let { state, chain, encoded } = begin;
  if (last) notify({ event: 'resumed', segment: segments.length, step: state.step });
  const report = (current: TrainingState): void => {
    const progress = program.progress(plan, current);
    curve.add(current.step, progress);
    notify({ event: 'progress', step: current.step, ...progress });
  };

  while (segments.length === 0 || !program.finished(plan, state)) {
    const cpuBefore = process.cpuUsage();
    const { result, trainMs } = await runSegment(runner, state, { ...task, onStep: report }).catch(
      async (error: unknown) => {
        // What was trained before the failure is worth keeping.
        await keeper.settle();
        throw error;
      },
    );
    const recordFrom = now();
    const { commitment, encodedState } = commitSegment(chain, result);
    const recordMs = now() - recordFrom;
    state = result.state;
    chain = commitment.chain;
    encoded = encodedState;
    const kept = await keeper.keep(encoded, {
      segment: segments.length,
      steps: commitment.steps,
      stateHash: hex(commitment.stateHash),
      readsDigest: hex(commitment.readsDigest),
      chain: hex(commitment.chain),
      ...(segments.length === 0 ? { initialStateHash: hex(begin.stateHash) } : {}),
      trainMs,
      cpuMs: cpuMsSince(cpuBefore),
      recordMs,
    });
    segments.push(kept);
    report(state);
    await curve.flush();
    notify({ event: 'segment', segment: kept.segment, steps: kept.steps, trainMs, recordMs: kept.recordMs });
  }
  await keeper.settle();
  return { state, encodedState: encoded, segments };
}

function cpuMsSince(before: NodeJS.CpuUsage): number {
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1000;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
