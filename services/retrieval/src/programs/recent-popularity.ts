import { choiceField, integerField, numberField, type SpecOf } from '@isthmus/learning';
import { countingProgram } from './counting/counting-program.js';
import { commonFields } from './counting/counting-settings.js';
import { addToTimeline, dayMs, resetTimeline, timelineTensors } from './counting/timeline-state.js';

const fields = {
  ...commonFields,
  /** Whether the window is a time, or a number of events where the order of the data is a position and no time. */
  windowBy: choiceField('time', ['time', 'events']),
  /** Length of the window in days, with `windowBy` `time`. */
  windowDays: numberField(14, { min: 1e-3, max: 1e5 }),
  /** Events of the window, with `windowBy` `events`. */
  windowEvents: integerField(5000, { min: 1, max: 1e9 }),
};

/**
 * A peer: what is popular at the time of the request. An item counts its training events, of all users, in a window that ends
 * just before it, and nothing from later.
 */
export const bundle = countingProgram<SpecOf<typeof fields>>({
  name: 'recent-popularity',
  version: '1.0.0',
  fields,
  reset: resetTimeline,
  count: (state, _settings, users, { targetDomain }) => addToTimeline(state, users, targetDomain),
  header: ({ windowBy, windowDays, windowEvents }) => ({
    scorer: 'recent-popularity',
    sources: 'target',
    maxLength: 1,
    decay: 0,
    shrinkage: 0,
    recency: null,
    window:
      windowBy === 'time' ? { by: 'time', ms: windowDays * dayMs } : { by: 'events', events: windowEvents },
  }),
  tensors: (state) => new Map(timelineTensors(state)),
});
