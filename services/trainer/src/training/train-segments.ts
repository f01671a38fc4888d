import type { ObjectStore } from '@isthmus/chassis';
import type { Plan, TrainingProgram, TrainingState } from '@isthmus/proof';
import type { OpenInputs } from '../inputs/open-inputs.js';
import { beginState } from './begin-state.js';
import type { CheckpointDirectory, SegmentRecord } from './checkpoint-directory.js';
import type { CurveRecorder } from './curve-recorder.js';
import { recordSegment } from './record-segment.js';
import { runSegment } from './run-segment.js';
import type { RunSession } from './run-session.js';
import { stateKeeper } from './state-keeper.js';
import type { TrainingEvent } from './training-event.js';

/** A run from its seed, or from the last of its finished segments, to the end. */
export interface SegmentsTask {
  readonly program: TrainingProgram;
  readonly plan: Plan;
  readonly opened: OpenInputs;
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
  readonly segments: readonly SegmentRecord[];
  /** Size of an encoded state. */
  readonly stateBytes: number;
}

/**
 * Trains segment by segment; each is recorded, made durable and handed over while the next one is trained. Throws where
 * the bound of the plan is met before the program's stopping rule holds.
 */
export async function trainSegments(task: SegmentsTask): Promise<SegmentsEnd> {
  const { program, plan, opened, session, notify, now, curve } = task;
  const segments = [...task.finished];
  const keeper = stateKeeper(task);
  for (const segment of segments) await session.commit(segment);
  const begin = await beginState(task);
  let { state, chain, stateBytes } = begin;
  let steps = segments.reduce((total, segment) => total + segment.steps, 0);
  if (segments.length > 0) notify({ event: 'resumed', segment: segments.length, step: state.step });
  const report = (current: TrainingState): void => {
    const progress = program.progress(plan, current);
    curve.add(current.step, progress);
    notify({ event: 'progress', step: current.step, ...progress });
  };

  while (!program.finished(plan, state)) {
    const cpuBefore = process.cpuUsage();
    const end = await runSegment({ ...task, ...opened, seed: session.seed, state, onStep: report });
    state = end.state;
    steps += end.steps;
    if (steps >= plan.maxSteps && !end.finished) throw unfinished(program, steps);
    const recordFrom = now();
    const recorded = recordSegment(chain, state, opened.reads.take());
    const recordMs = now() - recordFrom;
    chain = recorded.chain;
    stateBytes = recorded.encoded.length;
    const segment: SegmentRecord = {
      segment: segments.length,
      steps: end.steps,
      stateHash: hex(recorded.stateHash),
      readsDigest: hex(recorded.readsDigest),
      chain: hex(chain),
      ...(segments.length === 0 ? { initialStateHash: hex(begin.stateHash) } : {}),
      trainMs: end.trainMs,
      cpuMs: cpuMsSince(cpuBefore),
      recordMs,
    };
    segments.push(segment);
    await keeper.keep(recorded.encoded, segment);
    report(state);
    await curve.flush();
    notify({ event: 'segment', segment: segment.segment, steps: end.steps, trainMs: end.trainMs, recordMs });
  }
  await keeper.settle();
  if (segments.length === 0) throw new Error(`${program.name} is finished before its first step`);
  return { state, segments, stateBytes };
}

function unfinished(program: TrainingProgram, steps: number): Error {
  return new Error(
    `${program.name} took ${steps} steps, the bound of its plan, and its stopping rule does not hold`,
  );
}

function cpuMsSince(before: NodeJS.CpuUsage): number {
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1000;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
