import { chainNext, readsDigest, type SegmentReads } from './chain.js';
import type { Inputs, Plan, TrainingProgram, TrainingState } from './program.js';
import { ProofError } from './proof-error.js';
import { ReadLog } from './read-log.js';
import { encodeState } from './state.js';
import { stateHash } from './state-hash.js';

/** What a run is made of. `program.prepare` of the bundle has been awaited by the caller. */
export interface RunContext {
  readonly program: TrainingProgram;
  readonly plan: Plan;
  /** 32 bytes. */
  readonly seed: Uint8Array;
  readonly inputs: Inputs;
}

/** A segment that was run. */
export interface SegmentResult {
  /** The state after it. */
  readonly state: TrainingState;
  /** Steps taken, at least 1. */
  readonly steps: number;
  readonly reads: SegmentReads;
  /** Whether the program's stopping rule holds now: this was the last segment. */
  readonly finished: boolean;
}

/** What a prover commits to after a segment. */
export interface SegmentCommitment {
  /** Hash of the state after the segment, 32 bytes. */
  readonly stateHash: Uint8Array;
  /** Digest of the indices that it read, 32 bytes. */
  readonly readsDigest: Uint8Array;
  /** Chain value after it, 32 bytes. */
  readonly chain: Uint8Array;
  /** Steps inside it, at least 1. */
  readonly steps: number;
}

/**
 * Runs a program segment by segment. The trainer and the replay worker both use it, so both cut a run at the same
 * steps: a segment ends after `plan.segmentSteps` steps, or earlier where the program has finished.
 */
export class SegmentRunner {
  readonly context: RunContext;
  readonly #log: ReadLog;

  constructor(context: RunContext) {
    this.context = context;
    this.#log = new ReadLog(context.inputs);
  }

  /** The first state. What `initialize` reads follows from manifest and seed, and belongs to no segment. */
  initialize(): TrainingState {
    const { program, plan, seed } = this.context;
    const state = program.initialize(plan, seed, this.#log.inputs);
    if (state.step !== 0) invalid(`the first state is at step ${state.step}, expected 0`);
    this.#log.take();
    return state;
  }

  /**
   * Runs one segment from `state`, which the program may change in place. Throws `PROGRAM_INVALID` where the program
   * has finished already, miscounts its steps, or reaches `plan.maxSteps` without finishing.
   */
  run(state: TrainingState): SegmentResult {
    const steps = this.steps(state);
    for (;;) {
      const next = steps.next();
      if (next.done === true) return next.value;
    }
  }

  /** As {@link run}, pausing after every step, so that the caller can show progress or give way to other work. */
  *steps(state: TrainingState): Generator<TrainingState, SegmentResult, void> {
    const { program, plan, seed } = this.context;
    if (program.finished(plan, state)) invalid(`the program had finished at step ${state.step}`);
    this.#log.take();
    let current = state;
    let taken = 0;
    let finished = false;
    while (taken < plan.segmentSteps && !finished) {
      const before = current.step;
      if (before >= plan.maxSteps)
        invalid(`the plan's ${plan.maxSteps} steps are over and the program has not finished`);
      current = program.advance(plan, seed, current, this.#log.inputs);
      if (current.step !== before + 1) invalid(`step ${before} was followed by step ${current.step}`);
      taken++;
      finished = program.finished(plan, current);
      yield current;
    }
    return { state: current, steps: taken, reads: this.#log.take(), finished };
  }
}

/**
 * The commitment to a segment and the encoded state that it commits to.
 * @param chain chain value before the segment, 32 bytes
 */
export function commitSegment(
  chain: Uint8Array,
  result: SegmentResult,
): { readonly commitment: SegmentCommitment; readonly encodedState: Uint8Array } {
  const encodedState = encodeState(result.state);
  const hash = stateHash(encodedState);
  const digest = readsDigest(result.reads);
  return {
    encodedState,
    commitment: {
      stateHash: hash,
      readsDigest: digest,
      chain: chainNext(chain, hash, digest),
      steps: result.steps,
    },
  };
}

function invalid(problem: string): never {
  throw new ProofError('PROGRAM_INVALID', `program: ${problem}`);
}
