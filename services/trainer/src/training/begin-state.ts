import { chainStart, decodeState, encodeState, stateHash, type TrainingState } from '@isthmus/proof';
import type { SegmentsTask } from './train-segments.js';

/** Where a run begins or goes on. */
export interface BeginState {
  readonly state: TrainingState;
  /** Hash of the state, 32 bytes. */
  readonly stateHash: Uint8Array;
  /** Chain value so far, 32 bytes. */
  readonly chain: Uint8Array;
  readonly stateBytes: number;
}

/**
 * The first state from the seed, or the state after the last finished segment. What initialisation reads belongs to no
 * segment. Throws an Error where a kept state is not the one that its segment committed to.
 */
export async function beginState(task: SegmentsTask): Promise<BeginState> {
  const last = task.finished.at(-1);
  if (last === undefined) {
    const { program, plan, session, opened } = task;
    const state = program.initialize(plan, session.seed, opened.inputs);
    opened.reads.take();
    const encoded = encodeState(state);
    const hash = stateHash(encoded);
    const chain = chainStart(task.manifestDigest, session.seed, hash);
    return { state, stateHash: hash, chain, stateBytes: encoded.length };
  }
  if (task.states === undefined || last.stateObject === undefined)
    throw new Error(`the state after segment ${last.segment} is not kept: restart the run`);
  const encoded = await task.states.get(last.stateObject);
  const hash = stateHash(encoded);
  if (Buffer.from(hash).toString('hex') !== last.stateHash)
    throw new Error(`the kept state after segment ${last.segment} is not the committed one: restart the run`);
  return {
    state: decodeState(encoded),
    stateHash: hash,
    chain: new Uint8Array(Buffer.from(last.chain, 'hex')),
    stateBytes: encoded.length,
  };
}
