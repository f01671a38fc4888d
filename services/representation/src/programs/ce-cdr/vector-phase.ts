import { addTensor, eventsBefore, float32Tensor, tensorOfType, type UserHistory } from '@isthmus/learning';

import { itemsAt, usableEvents } from '../../domain/usable-events.js';
import { createRepresenter } from '../../model/representer.js';
import { integers } from '../../model/tensor-map.js';
import type { Phase, PhaseContext } from './phase.js';

/** Tensors that the artefact is exported from. */
export const vectorTensors = {
  offsets: 'vectors/offsets',
  /** The last cut of a record stands for all events. */
  cuts: 'vectors/cuts',
  gates: 'vectors/gates',
  values: 'vectors/values',
} as const;

/** The representation of every record at the times of its target events, and with all events. */
export const vectorPhase: Phase = {
  name: 'vectors',
  steps: (values) => Math.max(1, Math.ceil(values.users / values.recordsPerStep)),
  run(context, index) {
    if (index === 0) allocate(context);
    const { values } = context;
    const start = index * values.recordsPerStep;
    fill(context, start, Math.min(values.users, start + values.recordsPerStep));
  },
};

function allocate({ values, shape, state, data }: PhaseContext): void {
  const offsets = addTensor(state, vectorTensors.offsets, 'uint32', [data.users + 1]);
  for (let record = 0; record < data.users; record++) {
    const cuts = cutTimes(data.history(record), shape.targetDomain, values.maxCuts);
    offsets[record + 1] = offsets[record]! + cuts.length + 1;
  }
  const rows = offsets[data.users]!;
  addTensor(state, vectorTensors.cuts, 'float64', [rows]);
  addTensor(state, vectorTensors.gates, 'float32', [rows]);
  addTensor(state, vectorTensors.values, 'float32', [rows, shape.dim]);
}

function fill({ values, shape, state, data }: PhaseContext, start: number, end: number): void {
  const representer = createRepresenter(shape, state.tensors);
  const offsets = integers(state.tensors, vectorTensors.offsets);
  const cuts = tensorOfType(state, vectorTensors.cuts, 'float64').data;
  const gates = float32Tensor(state, vectorTensors.gates);
  const vectors = float32Tensor(state, vectorTensors.values);
  for (let record = start; record < end; record++) {
    const history = data.history(record);
    const times = cutTimes(history, shape.targetDomain, values.maxCuts);
    let before = -1;
    for (let at = 0; at <= times.length; at++) {
      const row = offsets[record]! + at;
      const timeMs = times[at];
      const count = timeMs === undefined ? history.length : eventsBefore(history, timeMs);
      const { source } = usableEvents(history, count, shape);
      if (timeMs !== undefined) cuts[row] = timeMs;
      const latest = source.at(-1) ?? -1;
      if (at > 0 && latest === before) {
        // No source event since the cut before: the same representation.
        gates[row] = gates[row - 1]!;
        vectors.copyWithin(row * shape.dim, (row - 1) * shape.dim, row * shape.dim);
        continue;
      }
      before = latest;
      const { gate, vector } = representer.user(representer.source(itemsAt(history, source)));
      gates[row] = gate;
      vectors.set(vector, row * shape.dim);
    }
  }
}

/** Different times of the latest target events, ascending. */
function cutTimes(history: UserHistory, targetDomain: number, most: number): readonly number[] {
  const times: number[] = [];
  for (let position = history.length - 1; position >= 0 && times.length < most; position--) {
    if (history.domains[position] !== targetDomain) continue;
    const timeMs = history.timestampsMs[position]!;
    if (times.at(-1) !== timeMs) times.push(timeMs);
  }
  return times.reverse();
}
