import type {
  InputInfo,
  Inputs,
  JsonObject,
  ModelFiles,
  Plan,
  ProgramProgress,
  TrainingProgram,
  TrainingState,
} from '../program.js';
import { deriveKey } from '../seed.js';

/**
 * The smallest program with everything in it that a real one has: linear regression by momentum descent in float32, a
 * record a step in an order drawn from the seed, a buffer (the best weights so far) and a stopping rule. The content of
 * a record is three float32: two features and a target. Only + - * and rounding to float32, so its numbers are the same
 * everywhere.
 */
export const toyProgram: TrainingProgram = {
  name: 'toy-regression',
  version: '1.0.0',

  plan(spec: JsonObject, inputs: InputInfo): Plan {
    const size = inputs.records.points?.size ?? 0;
    if (size === 0) throw new Error('give a data set "points" with at least one record');
    const steps = Number(spec.steps ?? 20);
    return {
      maxSteps: steps + 1,
      segmentSteps: Number(spec.segmentSteps ?? 8),
      values: { steps, rate: 0.125 },
    };
  },

  initialize(_plan: Plan, seed: Uint8Array): TrainingState {
    const weights = Float32Array.from(deriveKey(seed, 'init').subarray(0, 2), (byte) => byte / 256 - 0.5);
    return {
      phase: 'descent',
      step: 0,
      counters: new Map([['bestLoss', 1e9]]),
      tensors: new Map([
        ['weights', { type: 'float32', shape: [2], data: weights }],
        ['momentum', { type: 'float32', shape: [2], data: new Float32Array(2) }],
        ['best', { type: 'float32', shape: [2], data: weights.slice() }],
      ]),
    };
  },

  advance(plan: Plan, seed: Uint8Array, state: TrainingState, inputs: Inputs): TrainingState {
    const points = inputs.records('points');
    const index = (deriveKey(seed, `order/${state.step}`)[0] as number) % points.size;
    const content = points.read(index);
    const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
    const [a, b, target] = [0, 4, 8].map((offset) => view.getFloat32(offset, true)) as [
      number,
      number,
      number,
    ];
    const [weights, momentum, best] = ['weights', 'momentum', 'best'].map(
      (name) => state.tensors.get(name)?.data as Float32Array,
    ) as [Float32Array, Float32Array, Float32Array];
    const { fround } = Math;
    const error = fround(fround(fround(fround(weights[0]! * a) + fround(weights[1]! * b)) - target));
    [a, b].forEach((feature, i) => {
      momentum[i] = fround(fround(0.5 * momentum[i]!) + fround(error * feature));
      weights[i] = fround(weights[i]! - fround(Number(plan.values.rate) * momentum[i]!));
    });
    if (error * error < (state.counters.get('bestLoss') as number)) {
      state.counters.set('bestLoss', error * error);
      best.set(weights);
    }
    state.step++;
    return state;
  },

  finished: (plan: Plan, state: TrainingState): boolean => state.step >= Number(plan.values.steps),

  export: (_plan: Plan, state: TrainingState): ModelFiles => {
    const { buffer, byteOffset, byteLength } = state.tensors.get('best')!.data;
    return new Map([
      ['best.bin', new Uint8Array(buffer, byteOffset, byteLength)],
      ['model.json', new Uint8Array(Buffer.from('{"kind":"toy-regression"}'))],
    ]);
  },

  progress: (plan: Plan, state: TrainingState): ProgramProgress => ({
    phase: state.phase,
    completed: state.step,
    total: Number(plan.values.steps),
    figures: { bestLoss: state.counters.get('bestLoss') as number },
  }),
};
