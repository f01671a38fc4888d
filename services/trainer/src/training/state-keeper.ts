import type { ObjectStore } from '@isthmus/chassis';
import type { CheckpointDirectory, SegmentRecord } from './checkpoint-directory.js';
import type { RunSession } from './run-session.js';

/** Makes segments durable and hands them over, while the next one is being trained. */
export interface StateKeeper {
  /**
   * Begins to store a state and its segment. Waits for the segment before: at most one is under way, so memory holds at
   * most two encoded states.
   */
  keep(encoded: Uint8Array, segment: SegmentRecord): Promise<void>;
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
}

/** States that a local run keeps: the last one, and the one before in case the last line was cut off. */
const LOCAL_STATES = 2;

/** The order matters after a crash: first the state, then the line that names it, then the word to the service. */
export function stateKeeper(options: StateKeeperOptions): StateKeeper {
  const { states, directory, session } = options;
  const kept: string[] = options.finished
    .flatMap(({ stateObject }) => stateObject ?? [])
    .slice(-LOCAL_STATES);
  let underWay: Promise<void> = Promise.resolve();

  const store = async (encoded: Uint8Array, segment: SegmentRecord): Promise<void> => {
    if (states === undefined) return session.commit(segment);
    const stateObject = await states.put(encoded);
    const stored = { ...segment, stateObject };
    await directory?.appendSegment(stored);
    kept.push(stateObject);
    if (session.mode === 'LOCAL' && kept.length > LOCAL_STATES) {
      const superseded = kept.shift()!;
      if (!kept.includes(superseded)) await states.delete(superseded);
    }
    await session.commit(stored);
  };

  return {
    async keep(encoded, segment) {
      await underWay;
      underWay = store(encoded, segment);
      // A failure is met by the next call; until then it must not count as unhandled.
      underWay.catch(() => {});
    },
    settle: () => underWay,
  };
}
