import type { ObjectStore } from '@isthmus/chassis';
import type { CheckpointDirectory, SegmentRecord } from './checkpoint-directory.js';
import type { RunSession } from './run-session.js';

/** Makes segments durable and hands them over, while the next one is being trained. */
export interface StateKeeper {
  /**
   * Begins to store a state and its segment. Waits for the segment before: at most one is under way, so memory holds at
   * most two encoded states.
   * @returns the segment with the time that hashing for the store took
   */
  keep(encoded: Uint8Array, segment: SegmentRecord): Promise<SegmentRecord>;
  /** Waits for the last segment. Throws where it could not be kept. */
  settle(): Promise<void>;
}

/** What a keeper writes to. */
export interface StateKeeperOptions {
  /** Where encoded states go; undefined where nobody can come back to them. */
  readonly states: ObjectStore | undefined;
  readonly directory: CheckpointDirectory | undefined;
  /** A local session has nobody who replays: only its last two states stay. */
  readonly session: RunSession;
  /** Segments of before a kill. */
  readonly finished: readonly SegmentRecord[];
  /** Monotonic clock in milliseconds. */
  readonly now: () => number;
}

/** States that a local run keeps: the last one, and the one before in case the last line was cut off. */
const LOCAL_STATES = 2;

/** The order matters after a crash: first the state, then the line that names it, then the word to the service. */
export function stateKeeper(options: StateKeeperOptions): StateKeeper {
  const { states, directory, session, now } = options;
  const kept: string[] = options.finished
    .flatMap(({ stateObject }) => stateObject ?? [])
    .slice(-LOCAL_STATES);
  let underWay: Promise<void> = Promise.resolve();

  const settle = async (stored: Promise<string>, segment: SegmentRecord): Promise<void> => {
    const stateObject = await stored;
    const complete = { ...segment, stateObject };
    await directory?.appendSegment(complete);
    kept.push(stateObject);
    if (session.mode === 'LOCAL' && kept.length > LOCAL_STATES) {
      const superseded = kept.shift()!;
      if (!kept.includes(superseded)) await states?.delete(superseded);
    }
    await session.commit(complete);
  };

  return {
    async keep(encoded, segment) {
      await underWay;
      if (states === undefined) {
        await session.commit(segment);
        return segment;
      }
      // A store hashes before it first waits, so this is time that the training does not have.
      const from = now();
      const stored = states.put(encoded);
      const timed = { ...segment, recordMs: segment.recordMs + now() - from };
      underWay = settle(stored, timed);
      // A failure is met by the next call; until then it must not count as unhandled.
      underWay.catch(() => {});
      return timed;
    },
    settle: () => underWay,
  };
}
