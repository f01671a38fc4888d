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
import { CausalNetwork } from '../../model/causal-network.js';
import { featuresOf, tensorNames } from '../../model/model-parts.js';
import { floats, integers } from '../../model/tensor-map.js';
import { adjacency, factorSettings } from './graph-phase.js';
import type { Phase, PhaseContext } from './phase.js';
import { UserBatches } from './user-batches.js';

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

/** Directions of items without a record's own events, one at a time, as they lie in the array that is given back. */
function ownDirections({ values, state }: PhaseContext): (record: number, item: number) => Float32Array {
  const items = floats(state.tensors, tensorNames.factors);
  const byItem = {
    offsets: integers(state.tensors, graphTensors.offsets),
    neighbours: integers(state.tensors, graphTensors.neighbours),
  };
  const graph = { users: floats(state.tensors, graphTensors.users), byItem, items };
  const factor = leaveOneOut(graph, factorSettings(values));
  const margin = graphSoftness * meanLength(items, values.dim);
  const direction = new Float64Array(values.dim);
  // Cuts of a record share most events, and records come one after the other.
  const known = new Map<number, Float32Array>();
  let of = -1;
  return (record, item) => {
    if (record !== of) known.clear();
    of = record;
    let found = known.get(item);
    if (found === undefined) {
      factor(record, item, direction);
      soften(direction, margin);
      found = Float32Array.from(direction);
      known.set(item, found);
    }
    return found;
  };
}

function fill(context: PhaseContext, start: number, end: number): void {
  const { values, shape, state, whole } = context;
  const { dim } = shape;
  const ownDirection = ownDirections(context);
  const { directions } = featuresOf(shape, state.tensors);
  const offsets = integers(state.tensors, vectorTensors.offsets);
  const cuts = tensorOfType(state, vectorTensors.cuts, 'float64').data;
  const gates = float32Tensor(state, vectorTensors.gates);
  const vectors = float32Tensor(state, vectorTensors.values);
  const eventOffsets = integers(state.tensors, vectorTensors.eventOffsets);
  const events = float32Tensor(state, vectorTensors.events);
  const batches = new UserBatches(new CausalNetwork(shape, state.tensors), dim, (row, gate, vector) => {
    gates[row] = gate;
    vectors.set(vector, row * dim);
  });
  /** Rows that repeat the row before them. */
  const repeated: number[] = [];
  for (let record = start; record < end; record++) {
    const history = whole.history(record);
    const times = cutTimes(history, shape.targetDomain, values.maxCuts);
    targetPositions(history, shape.targetDomain).forEach((position, i) => {
      events.set(ownDirection(record, history.items[position]!), (eventOffsets[record]! + i) * dim);
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
        repeated.push(row);
        continue;
      }
      before = latest;
      batches.add(row, itemsAt(history, source), (item) =>
        timeMs === undefined ? directions.subarray(item * dim, (item + 1) * dim) : ownDirection(record, item),
      );
    }
  }
  batches.finish();
  for (const row of repeated) {
    gates[row] = gates[row - 1]!;
    vectors.copyWithin(row * dim, (row - 1) * dim, row * dim);
  }
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
