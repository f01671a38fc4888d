import {
  addTensor,
  eventsBefore,
  float32Tensor,
  setTensor,
  tensorOfType,
  type UserHistory,
} from '@isthmus/learning';

import { transpose, userFactors } from '../../domain/implicit-factors.js';
import { graphSoftness } from '../../domain/item-features.js';
import { leaveOneOut } from '../../domain/leave-one-out.js';
import { meanLength, soften } from '../../domain/soft-directions.js';
import { itemsAt, usableEvents } from '../../domain/usable-events.js';
import { tensorNames } from '../../model/model-parts.js';
import { createRepresenter } from '../../model/representer.js';
import { floats, integers } from '../../model/tensor-map.js';
import { adjacency, factorSettings } from './graph-phase.js';
import type { Phase, PhaseContext } from './phase.js';

/** Tensors that the artefact is exported from. */
export const vectorTensors = {
  offsets: 'vectors/offsets',
  /** The last cut of a record stands for all events. */
  cuts: 'vectors/cuts',
  gates: 'vectors/gates',
  values: 'vectors/values',
  eventOffsets: 'vectors/event-offsets',
  events: 'vectors/events',
} as const;

/** The graph as the leave-one-out factors need it; gone after the phase. */
const graphTensors = {
  users: 'vectors/graph-users',
  offsets: 'vectors/graph-offsets',
  neighbours: 'vectors/graph-neighbours',
} as const;

/**
 * The representation of every record with all events, as it is served, and at the times of its target events. The latter
 * are learnt from, so they are made of item factors that do not know the record's own events, see `leaveOneOut`.
 */
export const vectorPhase: Phase = {
  name: 'vectors',
  steps: (values) => Math.max(1, Math.ceil(values.users / values.recordsPerStep)),
  run(context, index) {
    if (index === 0) allocate(context);
    const { values } = context;
    const start = index * values.recordsPerStep;
    const end = Math.min(values.users, start + values.recordsPerStep);
    fill(context, start, end);
    if (end === values.users)
      for (const name of Object.values(graphTensors)) context.state.tensors.delete(name);
  },
};

function allocate(context: PhaseContext): void {
  const { values, shape, state, whole } = context;
  const offsets = addTensor(state, vectorTensors.offsets, 'uint32', [whole.users + 1]);
  const eventOffsets = addTensor(state, vectorTensors.eventOffsets, 'uint32', [whole.users + 1]);
  for (let record = 0; record < whole.users; record++) {
    const cuts = cutTimes(whole.history(record), shape.targetDomain, values.maxCuts);
    offsets[record + 1] = offsets[record]! + cuts.length + 1;
    eventOffsets[record + 1] =
      eventOffsets[record]! + targetPositions(whole.history(record), shape.targetDomain).length;
  }
  addTensor(state, vectorTensors.events, 'float32', [eventOffsets[whole.users]!, shape.dim]);
  const rows = offsets[whole.users]!;
  addTensor(state, vectorTensors.cuts, 'float64', [rows]);
  addTensor(state, vectorTensors.gates, 'float32', [rows]);
  addTensor(state, vectorTensors.values, 'float32', [rows, shape.dim]);
  const byUser = adjacency(context, false, true);
  const byItem = transpose(byUser, values.items);
  const users = userFactors(byUser, floats(state.tensors, tensorNames.factors), factorSettings(values));
  setTensor(state, graphTensors.users, [whole.users, values.dim], users);
  setTensor(state, graphTensors.offsets, [byItem.offsets.length], byItem.offsets);
  setTensor(state, graphTensors.neighbours, [byItem.neighbours.length], byItem.neighbours);
}

/** Directions of items without a record's own events, one at a time. */
function ownDirections({ values, state }: PhaseContext): (record: number, item: number) => Float64Array {
  const items = floats(state.tensors, tensorNames.factors);
  const byItem = {
    offsets: integers(state.tensors, graphTensors.offsets),
    neighbours: integers(state.tensors, graphTensors.neighbours),
  };
  const graph = { users: floats(state.tensors, graphTensors.users), byItem, items };
  const factor = leaveOneOut(graph, factorSettings(values));
  const margin = graphSoftness * meanLength(items, values.dim);
  const direction = new Float64Array(values.dim);
  return (record, item) => {
    factor(record, item, direction);
    soften(direction, margin);
    return direction;
  };
}

function fill(context: PhaseContext, start: number, end: number): void {
  const { values, shape, state, whole } = context;
  const ownDirection = ownDirections(context);
  const representer = createRepresenter(shape, state.tensors);
  const offsets = integers(state.tensors, vectorTensors.offsets);
  const cuts = tensorOfType(state, vectorTensors.cuts, 'float64').data;
  const gates = float32Tensor(state, vectorTensors.gates);
  const vectors = float32Tensor(state, vectorTensors.values);
  const eventOffsets = integers(state.tensors, vectorTensors.eventOffsets);
  const events = float32Tensor(state, vectorTensors.events);
  for (let record = start; record < end; record++) {
    const history = whole.history(record);
    const times = cutTimes(history, shape.targetDomain, values.maxCuts);
    targetPositions(history, shape.targetDomain).forEach((position, i) => {
      events.set(ownDirection(record, history.items[position]!), (eventOffsets[record]! + i) * shape.dim);
    });
    let before = -1;
    for (let at = 0; at <= times.length; at++) {
      const row = offsets[record]! + at;
      const timeMs = times[at];
      const count = timeMs === undefined ? history.length : eventsBefore(history, timeMs);
      const { source } = usableEvents(history, count, shape);
      if (timeMs !== undefined) cuts[row] = timeMs;
      const latest = source.at(-1) ?? -1;
      if (at > 0 && timeMs !== undefined && latest === before) {
        // No source event since the cut before: the same representation.
        gates[row] = gates[row - 1]!;
        vectors.copyWithin(row * shape.dim, (row - 1) * shape.dim, row * shape.dim);
        continue;
      }
      before = latest;
      const items = itemsAt(history, source);
      const { gate, vector, weights } = representer.user(representer.source(items));
      gates[row] = gate;
      if (timeMs === undefined) vectors.set(vector, row * shape.dim);
      else
        vectors.set(
          mixed(items, weights, shape.dim, (item) => ownDirection(record, item)),
          row * shape.dim,
        );
    }
  }
}

/** sum_j w_j h_j, `[dim]`. */
function mixed(
  items: Uint32Array,
  weights: Float64Array,
  dim: number,
  directionOf: (item: number) => Float64Array,
): Float64Array {
  const sum = new Float64Array(dim);
  items.forEach((item, event) => {
    const direction = directionOf(item);
    for (let i = 0; i < dim; i++) sum[i] = sum[i]! + weights[event]! * direction[i]!;
  });
  return sum;
}

/** Positions of the target events of a history, oldest first. */
function targetPositions(history: UserHistory, targetDomain: number): readonly number[] {
  return Array.from(history.domains.keys()).filter((position) => history.domains[position] === targetDomain);
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
