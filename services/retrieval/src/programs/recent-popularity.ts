import {
  choiceField,
  integerField,
  numberField,
  type SpecOf,
  type StateTensor,
  setTensor,
  type TrainingState,
  tensorOfType,
  uint32Tensor,
} from '@isthmus/learning';
import { createTimeline, type EventTimeline } from '../domain/event-timeline.js';
import { countingProgram } from './counting/counting-program.js';
import { commonFields } from './counting/counting-settings.js';

const fields = {
  ...commonFields,
  /** Whether the window is a time, or a number of events where the order of the data is a position and no time. */
  windowBy: choiceField('time', ['time', 'events']),
  /** Length of the window in days, with `windowBy` `time`. */
  windowDays: numberField(30, { min: 1e-3, max: 1e5 }),
  /** Events of the window, with `windowBy` `events`. */
  windowEvents: integerField(5000, { min: 1, max: 1e9 }),
};

const dayMs = 86_400_000;

/**
 * A peer: what is popular at the time of the request. An item counts its training events, of all users, in a window that ends
 * just before it, and nothing from later.
 */
export const bundle = countingProgram<SpecOf<typeof fields>>({
  name: 'recent-popularity',
  version: '1.0.0',
  fields,
  reset: (state) => write(state, { timesMs: new Float64Array(), items: new Uint32Array() }),
  count(state, _settings, users, { targetDomain }) {
    const known = read(state);
    const timesMs = Array.from(known.timesMs);
    const items = Array.from(known.items);
    for (const { domains, items: taken, timestampsMs } of users)
      taken.forEach((item, position) => {
        if (domains[position] !== targetDomain) return;
        timesMs.push(timestampsMs[position]!);
        items.push(item);
      });
    write(state, createTimeline(timesMs, items));
  },
  header: ({ windowBy, windowDays, windowEvents }) => ({
    scorer: 'recent-popularity',
    sources: 'target',
    maxLength: 1,
    decay: 0,
    shrinkage: 0,
    window:
      windowBy === 'time' ? { by: 'time', ms: windowDays * dayMs } : { by: 'events', events: windowEvents },
  }),
  tensors: (state) =>
    new Map(
      ['timeline/times', 'timeline/items'].map((name): [string, StateTensor] => [
        name,
        state.tensors.get(name)!,
      ]),
    ),
});

function read(state: TrainingState): EventTimeline {
  return {
    timesMs: tensorOfType(state, 'timeline/times', 'float64').data as Float64Array,
    items: uint32Tensor(state, 'timeline/items'),
  };
}

function write(state: TrainingState, { timesMs, items }: EventTimeline): void {
  setTensor(state, 'timeline/times', [timesMs.length], timesMs);
  setTensor(state, 'timeline/items', [items.length], items);
}
