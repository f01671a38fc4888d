import { describe, expect, it } from '@jest/globals';
import { toHex } from './bytes.js';
import { readsDigest } from './chain.js';
import { exportModel } from './exported-model.js';
import { runToyProgram } from './golden/toy-run.js';
import type { TrainingProgram, TrainingState } from './program.js';
import { type RunTranscript, verifyRunStructure } from './run-structure.js';
import { checkInitialState, checkSegment, type SegmentClaim, type SegmentEvidence } from './segment-check.js';
import { SegmentRunner } from './segment-runner.js';
import { replaySoundness } from './soundness.js';
import { decodeState, encodeState } from './state.js';
import { stateHash } from './state-hash.js';

const nonce = new Uint8Array(32).fill(9);
const run = runToyProgram(nonce, 'ab'.repeat(32));
const failing = (code: string): unknown => expect.objectContaining({ code });
const transcript: RunTranscript = {
  manifestBytes: run.manifestBytes,
  origin: { nonce },
  initialStateHash: run.initialStateHash,
  segments: run.segments,
};

function claimOf(segment: number, change: Partial<SegmentClaim> = {}): SegmentClaim {
  const { stateHash: afterHash, readsDigest: digest, steps } = run.segments[segment]!;
  const [before, after] = [run.states[segment]!, run.states[segment + 1]!];
  const last = segment === run.segments.length - 1;
  return {
    segment,
    last,
    before,
    beforeHash: stateHash(before),
    after,
    afterHash,
    readsDigest: digest,
    steps,
    ...change,
  };
}

function evidence(claim: SegmentClaim, program: Partial<TrainingProgram> = {}): SegmentEvidence {
  const context = { ...run.context, program: { ...run.context.program, ...program } };
  const verdict = checkSegment(new SegmentRunner(context), claim);
  if (verdict.held) throw new Error('the segment held');
  return verdict.evidence;
}

/** A state that was changed by its prover, with what commits to it. */
function tampered(
  state: Uint8Array,
  change: (state: TrainingState) => void,
): { bytes: Uint8Array; hash: Uint8Array } {
  const decoded = decodeState(state);
  change(decoded);
  const bytes = encodeState(decoded);
  return { bytes, hash: stateHash(bytes) };
}

describe('SegmentRunner', () => {
  it('cuts 20 steps into segments of 8, 8 and 4', () => {
    expect(run.segments.map(({ steps }) => steps)).toEqual([8, 8, 4]);
    expect(run.reads.map((reads) => reads.get('points')?.length)).toEqual([8, 8, 4]);
  });

  it('pauses after every step', () => {
    const runner = new SegmentRunner(run.context);
    const steps = runner.steps(runner.initialize());
    const seen: number[] = [];
    for (const state of steps) seen.push(state.step);
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('forgets what a segment that was given up had read', () => {
    const runner = new SegmentRunner(run.context);
    runner.steps(runner.initialize()).next();
    const { reads } = runner.run(decodeState(run.states[1]!));
    expect(toHex(readsDigest(reads))).toBe(toHex(run.segments[1]!.readsDigest));
  });

  it('refuses a program that miscounts, does not end, or has ended', () => {
    const { program, plan } = run.context;
    const runner = (change: Partial<TrainingProgram>): SegmentRunner =>
      new SegmentRunner({ ...run.context, program: { ...program, ...change } });
    const state = (): TrainingState => decodeState(run.states[2]!);
    expect(() => runner({ advance: (_p, _s, current) => current }).run(state())).toThrow(
      failing('PROGRAM_INVALID'),
    );
    expect(() => runner({ finished: () => true }).run(state())).toThrow(/finished/);
    expect(() => runner({ finished: () => false }).run(state())).toThrow(
      new RegExp(`${plan.maxSteps} steps are over`),
    );
    expect(() => runner({ initialize: () => ({ ...state(), step: 1 }) }).initialize()).toThrow(/step 1/);
  });
});

describe('checkSegment', () => {
  it('holds for every segment, from its committed state alone', () => {
    for (const segment of [2, 0, 1]) {
      const verdict = checkSegment(new SegmentRunner(run.context), claimOf(segment));
      expect(verdict.held && toHex(verdict.encodedState)).toBe(toHex(run.states[segment + 1]!));
    }
  });

  it('finds one bit in a weight and says where', () => {
    const forged = tampered(run.states[2]!, (state) => {
      const { data } = state.tensors.get('weights')!;
      data[1] = Math.fround(data[1]! * (1 + 2 ** -23));
    });
    const found = evidence(claimOf(1, { after: forged.bytes, afterHash: forged.hash }));
    expect(found).toMatchObject({
      segment: 1,
      failureClass: 'REPLAY_MISMATCH',
      firstDifferentTensor: 'weights',
    });
    expect(found.gotHash).toBe(toHex(run.segments[1]!.stateHash));
    expect(found.l2).toBeGreaterThan(0);
    expect(found.l2).toBe(found.linf);
  });

  it('finds buffers, optimiser slots, counters and the sign of zero', () => {
    const changes: [string, string | null, (state: TrainingState) => void][] = [
      ['tensor best', 'best', (state) => state.tensors.get('best')!.data.fill(1)],
      ['tensor momentum', 'momentum', (state) => state.tensors.get('momentum')!.data.fill(0)],
      ['counter bestLoss', null, (state) => state.counters.set('bestLoss', -1)],
      ['counter more', null, (state) => state.counters.set('more', -0)],
      ['phase', null, (state) => Object.assign(state, { phase: 'other' })],
      ['step', null, (state) => Object.assign(state, { step: 99 })],
    ];
    for (const [first, firstDifferentTensor, change] of changes) {
      const forged = tampered(run.states[1]!, change);
      const found = evidence(claimOf(0, { after: forged.bytes, afterHash: forged.hash }));
      expect(found.problem).toContain(`first in ${first}`);
      expect(found.firstDifferentTensor).toBe(firstDifferentTensor);
    }
  });

  it('decides by the hash where the state after is missing or another', () => {
    const { after: _, ...claim } = claimOf(0, { afterHash: new Uint8Array(32) });
    for (const opened of [claim, { ...claim, after: run.states[1]! }]) {
      expect(evidence(opened)).toMatchObject({
        failureClass: 'REPLAY_MISMATCH',
        l2: null,
        firstDifferentTensor: null,
      });
    }
  });

  it('refuses another state than the committed one, and one that does not decode', () => {
    expect(evidence(claimOf(1, { before: run.states[0]! })).failureClass).toBe('BINDING');
    const broken = run.states[1]!.subarray(0, -1);
    expect(evidence(claimOf(1, { before: broken, beforeHash: stateHash(broken) })).failureClass).toBe(
      'MALFORMED',
    );
  });

  it('refuses other reads, other steps and another end', () => {
    expect(evidence(claimOf(0, { readsDigest: readsDigest(new Map()) })).problem).toMatch(/other records/);
    expect(evidence(claimOf(0, { steps: 7 })).problem).toMatch(/8 steps/);
    expect(evidence(claimOf(0, { last: true })).problem).toMatch(/has not finished/);
    expect(evidence(claimOf(2, { last: false })).problem).toMatch(/has finished/);
  });

  it('counts against the prover what the program throws, and passes on what this machine may lack', () => {
    const throwing = (error: unknown): Partial<TrainingProgram> => ({
      advance: () => {
        throw error;
      },
    });
    expect(evidence(claimOf(0), throwing(new Error('no such tensor')))).toMatchObject({
      failureClass: 'REPLAY_MISMATCH',
      problem: 'the program refused the state: no such tensor',
    });
    for (const error of [
      new RangeError('Array buffer allocation failed'),
      Object.assign(new Error('unreachable'), { name: 'RuntimeError' }),
    ]) {
      expect(() => evidence(claimOf(0), throwing(error))).toThrow(error.message);
    }
  });

  it('counts NaN against the prover', () => {
    const nan: Partial<TrainingProgram> = {
      advance: (_plan, _seed, state) => {
        state.tensors.get('weights')!.data[0] = Number.NaN;
        state.step++;
        return state;
      },
    };
    expect(evidence(claimOf(0), nan).problem).toMatch(/tensor "weights" holds NaN/);
  });
});

describe('checkInitialState', () => {
  it('holds for the state that follows from the seed, and for no other seed', () => {
    expect(checkInitialState(new SegmentRunner(run.context), run.initialStateHash).held).toBe(true);
    const other = new SegmentRunner({ ...run.context, seed: new Uint8Array(32) });
    expect(checkInitialState(other, run.initialStateHash)).toMatchObject({
      evidence: { failureClass: 'REPLAY_MISMATCH' },
    });
    const program = {
      ...run.context.program,
      initialize: () => {
        throw new Error('no');
      },
    };
    expect(checkInitialState(new SegmentRunner({ ...run.context, program }), run.initialStateHash).held).toBe(
      false,
    );
  });
});

describe('verifyRunStructure', () => {
  it('recomputes seed, chain and counts', () => {
    const structure = verifyRunStructure(transcript);
    expect([structure.steps, structure.segments]).toEqual([20, 3]);
    expect(toHex(structure.seed)).toBe(toHex(run.context.seed));
    expect(toHex(structure.chainHead)).toBe(toHex(run.segments[2]!.chain));
    expect(toHex(verifyRunStructure({ ...transcript, origin: { seed: structure.seed } }).chainHead)).toBe(
      toHex(structure.chainHead),
    );
  });

  it.each<[string, Partial<RunTranscript>, string]>([
    ['another nonce', { origin: { nonce: new Uint8Array(32) } }, 'CHAIN_MISMATCH'],
    ['a short seed', { origin: { seed: new Uint8Array(31) } }, 'RUN_STRUCTURE'],
    ['another first state', { initialStateHash: new Uint8Array(32) }, 'CHAIN_MISMATCH'],
    ['no segments', { segments: [] }, 'RUN_STRUCTURE'],
    ['a segment left out', { segments: [run.segments[0]!, run.segments[2]!] }, 'CHAIN_MISMATCH'],
    [
      'exchanged segments',
      { segments: [run.segments[1]!, run.segments[0]!, run.segments[2]!] },
      'CHAIN_MISMATCH',
    ],
    [
      'a short segment in between',
      { segments: [{ ...run.segments[0]!, steps: 4 }, ...run.segments.slice(1)] },
      'RUN_STRUCTURE',
    ],
    [
      'a segment without steps',
      { segments: [...run.segments.slice(0, 2), { ...run.segments[2]!, steps: 0 }] },
      'RUN_STRUCTURE',
    ],
    [
      'more steps than planned',
      { segments: [...run.segments.slice(0, 2), { ...run.segments[2]!, steps: 8 }] },
      'RUN_STRUCTURE',
    ],
    [
      'another digest of reads',
      { segments: [{ ...run.segments[0]!, readsDigest: new Uint8Array(32) }] },
      'CHAIN_MISMATCH',
    ],
  ])('refuses %s', (_, change, code) => {
    expect(() => verifyRunStructure({ ...transcript, ...change })).toThrow(failing(code));
  });
});

describe('exportModel', () => {
  it('depends on the encoded state alone', () => {
    const again = exportModel(run.context, run.states[3]!);
    expect(again.digest).toBe(run.model.digest);
    expect(exportModel(run.context, run.states[0]!).digest).not.toBe(again.digest);
    expect(again.entries.map(({ name }) => name)).toEqual(['best.bin', 'model.json']);
  });
});

describe('replaySoundness', () => {
  it('is the hypergeometric chance of a miss', () => {
    expect(replaySoundness(200, 200).missProbability).toEqual([
      { badSegments: 1, p: 0 },
      { badSegments: 10, p: 0 },
    ]);
    const [one, ten] = replaySoundness(200, 20).missProbability;
    expect(one?.p).toBeCloseTo(0.9, 12);
    expect(1 - ten!.p).toBeCloseTo(0.66, 2);
    expect(replaySoundness(3, 0).missProbability).toEqual([{ badSegments: 1, p: 1 }]);
    expect(() => replaySoundness(3, 4)).toThrow(failing('RUN_STRUCTURE'));
  });
});
