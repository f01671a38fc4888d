import { setTensor } from '@isthmus/learning';

import { tensorNames } from '../../model/model-parts.js';
import { targetRows } from '../../model/target-rows.js';
import { bytes } from '../../model/tensor-map.js';
import type { Phase } from './phase.js';

/**
 * Reads every history once: when the events of the target items happened, and the time that parts the events which
 * build the training graph from the later ones which are trained on. No sample is then predicted from a graph that holds
 * its own edge or anything after it.
 */
export const surveyPhase: Phase = {
  name: 'survey',
  steps: () => 1,
  run({ values, shape, state, data }) {
    const { rows, items } = targetRows(bytes(state.tensors, tensorNames.itemDomains), shape.targetDomain);
    const times: number[] = [];
    const timesOfRow: number[][] = Array.from(items, () => []);
    for (let record = 0; record < data.users; record++) {
      const history = data.history(record);
      for (let position = 0; position < history.length; position++) {
        const timeMs = history.timestampsMs[position]!;
        times.push(timeMs);
        const row = rows[history.items[position]!]!;
        if (row >= 0) timesOfRow[row]!.push(timeMs);
      }
    }
    if (times.length === 0) throw new Error('the data set has no events');
    const sorted = Float64Array.from(times).sort();
    const cutMs = sorted[Math.floor(values.graphShare * sorted.length)]!;
    const endMs = sorted[sorted.length - 1]!;
    state.counters.set('window/cut-ms', cutMs);
    state.counters.set('window/end-ms', endMs);
    state.counters.set('window/recent-ms', Math.max(1, (endMs - cutMs) / 4));

    const offsets = new Uint32Array(items.length + 1);
    for (const [row, list] of timesOfRow.entries()) offsets[row + 1] = offsets[row]! + list.length;
    const sortedTimes = new Float64Array(offsets[items.length]!);
    for (const [row, list] of timesOfRow.entries()) {
      sortedTimes.set(Float64Array.from(list).sort(), offsets[row]!);
    }
    setTensor(state, tensorNames.popularityOffsets, [offsets.length], offsets);
    setTensor(state, tensorNames.popularityTimes, [sortedTimes.length], sortedTimes);
  },
};
