import { createHash } from 'node:crypto';
import type { Inputs, Plan, ProgramBundle, TrainingState } from '@isthmus/proof';

/**
 * The smallest program with all the parts: two phases, momentum in the state, an early stop, reads that the seed and
 * the step decide, and files to serve. It learns how often each byte value stands in the records of `interactions`.
 */
export const bundle: ProgramBundle = {
  abi: 1,
  program: {
    name: 'toy',
    version: '1.0.0',
    plan: (spec, inputs) => {
      const records = inputs.records.interactions;
      if (records === undefined) throw new Error('The program toy needs the record set interactions');
      const number = (name: string, otherwise: number): number => {
        const value = spec[name] ?? otherwise;
        if (typeof value !== 'number' || !(value > 0)) throw new Error(`${name} must be a number above 0`);
        return value;
      };
      const steps = number('steps', 40);
      return {
        maxSteps: steps + 1,
        segmentSteps: number('segmentSteps', 10),
        values: {
          steps,
          batch: 4,
          records: records.size,
          rate: number('rate', 0.5),
          work: number('work', 1),
        },
      };
    },
    initialize: (_plan, seed) => ({
      phase: 'count',
      step: 0,
      counters: new Map([['best', 1]]),
      tensors: new Map([
        ['share', { type: 'float32', shape: [256], data: new Float32Array(256).fill(seed[0]! / 256) }],
        ['momentum', { type: 'float32', shape: [256], data: new Float32Array(256) }],
      ]),
    }),
    advance: (plan, seed, state, inputs) => {
      if (state.phase === 'polish') return polish(state);
      for (let i = 0; i < value(plan, 'batch'); i++)
        learn(plan, state, record(plan, seed, state.step, i, inputs));
      state.step += 1;
      if (state.step >= value(plan, 'steps')) state.phase = 'polish';
      return state;
    },
    finished: (_plan, state) => state.phase === 'done',
    export: (_plan, state) =>
      new Map([
        ['model.json', new TextEncoder().encode(JSON.stringify({ program: 'toy', steps: state.step }))],
        ['share.bin', new Uint8Array(share(state).slice().buffer)],
      ]),
    progress: (plan, state) => ({
      phase: state.phase,
      completed: state.step,
      total: value(plan, 'steps'),
      figures: { best: state.counters.get('best') ?? 0 },
    }),
  },
  prepare: async () => ({
    name: 'toy-arithmetic',
    version: '1.0.0',
    wasmSha256: '00'.repeat(32),
    canarySha256: '11'.repeat(32),
  }),
  openRecommender: (files) => {
    const scores = new Float32Array(Uint8Array.from(files.get('share.bin') ?? []).buffer);
    const order = Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b);
    return {
      recommend: (_record, k, excluded) =>
        Uint32Array.from(order.filter((item) => !excluded.has(item)).slice(0, k)),
    };
  },
};

/** The record that the seed, the step and the place in the batch decide. */
function record(plan: Plan, seed: Uint8Array, step: number, place: number, inputs: Inputs): Uint8Array {
  const drawn = createHash('sha256').update(seed).update(Uint32Array.of(step, place)).digest();
  return inputs.records('interactions').read(drawn.readUInt32LE(0) % value(plan, 'records'));
}

function learn(plan: Plan, state: TrainingState, bytes: Uint8Array): void {
  const momentum = state.tensors.get('momentum')!.data;
  for (let round = 0; round < value(plan, 'work'); round++) {
    const rate = value(plan, 'rate') / (1 + round);
    for (let i = 0; i < 256; i++) momentum[i] = momentum[i]! * 0.9 - share(state)[i]! * 0.1 * rate;
    for (const byte of bytes) momentum[byte] = momentum[byte]! + rate / bytes.length;
    for (let i = 0; i < 256; i++) share(state)[i] = share(state)[i]! + momentum[i]! * 0.1;
  }
  state.counters.set('best', Math.max(...share(state)));
}

function polish(state: TrainingState): TrainingState {
  const sum = share(state).reduce((total, x) => total + x, 0);
  for (let i = 0; i < 256; i++) share(state)[i] = share(state)[i]! / sum;
  state.step += 1;
  state.phase = 'done';
  return state;
}

function share(state: TrainingState): Float32Array {
  return state.tensors.get('share')!.data as Float32Array;
}

function value(plan: Plan, name: string): number {
  return plan.values[name] as number;
}
