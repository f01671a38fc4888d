import type { Inputs, Plan, ProgramBundle, TrainingState } from '@isthmus/proof';

/**
 * A training program as small as one can be and still have every part that a replay checks: parameters, momentum, a
 * counter, records that seed and step decide, an early stop, two files. It fits a line through the records with plain
 * arithmetic, so it gives the same bits everywhere.
 *
 * `work` repeats the arithmetic of a step without effect on its result, for runs that should take a while.
 */
export const bundle: ProgramBundle = {
  abi: 1,
  program: {
    name: 'toy-line',
    version: '1.0.0',
    plan(spec, inputs) {
      const steps = spec.steps ?? 40;
      const segmentSteps = spec.segmentSteps ?? 10;
      if (typeof steps !== 'number' || typeof segmentSteps !== 'number') throw new Error('steps is a number');
      return {
        maxSteps: steps,
        segmentSteps,
        values: { steps, records: inputs.records.points?.size ?? 0, work: spec.work ?? 1 },
      };
    },
    initialize: (_plan, seed) => ({
      phase: 'fit',
      step: 0,
      counters: new Map([['loss', 0]]),
      tensors: new Map([
        ['weights', { type: 'float32', shape: [2], data: Float32Array.of(seed[0] ?? 0, seed[1] ?? 0) }],
        ['momentum', { type: 'float32', shape: [2], data: new Float32Array(2) }],
        ['ballast', { type: 'uint8', shape: [100_000], data: new Uint8Array(100_000) }],
      ]),
    }),
    advance(plan, seed, state, inputs) {
      const [x, y] = point(plan, seed, state.step, inputs);
      const weights = floats(state, 'weights');
      const momentum = floats(state, 'momentum');
      let error = 0;
      for (let repeat = 0; repeat < (plan.values.work as number); repeat += 1) {
        error = Math.fround(at(weights, 0) * x + at(weights, 1) - y);
      }
      const gradient = Float32Array.of(error * x, error);
      for (const i of [0, 1]) {
        momentum[i] = at(momentum, i) * 0.9 + at(gradient, i);
        weights[i] = at(weights, i) - at(momentum, i) * 0.001;
      }
      state.counters.set('loss', error * error);
      state.step += 1;
      return state;
    },
    finished: (plan, state) => state.step >= (plan.values.steps as number),
    export: (_plan, state) =>
      new Map([
        ['model.json', new TextEncoder().encode(JSON.stringify({ kind: 'toy-line', steps: state.step }))],
        ['weights.bin', new Uint8Array(floats(state, 'weights').slice().buffer)],
      ]),
    progress: (plan, state) => ({
      phase: state.phase,
      completed: state.step,
      total: plan.values.steps as number,
      figures: {},
    }),
  },
  prepare: async () => ({
    name: 'plain-typescript',
    version: '1.0.0',
    wasmSha256: '0'.repeat(64),
    canarySha256: 'a'.repeat(64),
  }),
};

/** The point that seed and step decide. */
function point(plan: Plan, seed: Uint8Array, step: number, inputs: Inputs): readonly [x: number, y: number] {
  const count = plan.values.records as number;
  const index = ((seed[step % 32] ?? 0) * 7 + step * 13) % count;
  const bytes = inputs.records('points').read(index);
  return [(bytes[0] ?? 0) / 16, (bytes[1] ?? 0) / 16];
}

function floats(state: TrainingState, name: string): Float32Array {
  return state.tensors.get(name)?.data as Float32Array;
}

function at(values: Float32Array, index: number): number {
  return values[index] ?? 0;
}
