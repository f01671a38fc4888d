import type { ObjectStore } from '@isthmus/chassis';
import {
  chainStart,
  decodeState,
  encodeState,
  type SegmentRunner,
  stateHash,
  type TrainingState,
} from '@isthmus/proof';
import type { SegmentRecord } from './checkpoint-directory.js';

/** Where a run begins or goes on. */
export interface BeginState {
  readonly state: TrainingState;
  readonly encoded: Uint8Array;
  /** Hash of the state, 32 bytes. */
  readonly stateHash: Uint8Array;
  /** Chain value so far, 32 bytes. */
  readonly chain: Uint8Array;
}

/**
 * The first state, from the seed.
 * @param manifestDigest C0, 32 bytes
 */
export function firstState(runner: SegmentRunner, manifestDigest: Uint8Array): BeginState {
  const state = runner.initialize();
  const encoded = encodeState(state);
  const hash = stateHash(encoded);
  return { state, encoded, stateHash: hash, chain: chainStart(manifestDigest, runner.context.seed, hash) };
}

/** The state after the last finished segment. Throws an Error where it is not kept or not what the segment committed to. */
export async function keptState(states: ObjectStore | undefined, last: SegmentRecord): Promise<BeginState> {
  if (states === undefined || last.stateObject === undefined)
    throw new Error(`the state after segment ${last.segment} is not kept: restart the run`);
  const encoded = await states.get(last.stateObject);
  const hash = stateHash(encoded);
  if (Buffer.from(hash).toString('hex') !== last.stateHash)
    throw new Error(`the kept state after segment ${last.segment} is not the committed one: restart the run`);
  const chain = new Uint8Array(Buffer.from(last.chain, 'hex'));
  return { state: decodeState(encoded), encoded, stateHash: hash, chain };
}
