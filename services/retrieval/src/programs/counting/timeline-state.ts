import {
  type StateTensor,
  setTensor,
  type TrainingState,
  tensorOfType,
  type UserHistory,
  uint32Tensor,
} from '@isthmus/learning';
import { createTimeline, type EventTimeline } from '../../domain/event-timeline.js';

/** Length of a day in milliseconds. */
export const dayMs = 86_400_000;

/** Makes or empties `timeline/times` and `timeline/items`. */
export function resetTimeline(state: TrainingState): void {
  writeTimeline(state, { timesMs: new Float64Array(), items: new Uint32Array() });
}

/** Adds the events of some users in the target domain. */
export function addToTimeline(
  state: TrainingState,
  users: readonly UserHistory[],
  targetDomain: number,
): void {
  const timesMs = Array.from(tensorOfType(state, 'timeline/times', 'float64').data);
  const items = Array.from(uint32Tensor(state, 'timeline/items'));
  for (const { domains, items: taken, timestampsMs } of users)
    taken.forEach((item, position) => {
      if (domains[position] !== targetDomain) return;
      timesMs.push(timestampsMs[position]!);
      items.push(item);
    });
  writeTimeline(state, createTimeline(timesMs, items));
}

/** The timeline as it is written to a model. */
export function timelineTensors(state: TrainingState): [name: string, tensor: StateTensor][] {
  return ['timeline/times', 'timeline/items'].map((name) => [name, state.tensors.get(name)!]);
}

function writeTimeline(state: TrainingState, { timesMs, items }: EventTimeline): void {
  setTensor(state, 'timeline/times', [timesMs.length], timesMs);
  setTensor(state, 'timeline/items', [items.length], items);
}
