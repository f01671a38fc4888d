import { createRandomFamily } from '@isthmus/learning';

import { rankAuc } from '../../domain/rank-auc.js';
import type { ClickQuery } from '../../model/click-batch.js';
import { ClickNetwork } from '../../model/click-network.js';
import { integers } from '../../model/tensor-map.js';
import { sampleTensors } from './label-phase.js';
import type { Phase } from './phase.js';
import { readSample, recentMs, sampleKey } from './sample.js';

/** Samples of one pass. */
const samplesAtOnce = 128;

/** Measures both click heads on the target events that were kept back, and drops what only training needed. */
export const validationPhase: Phase = {
  name: 'validate',
  steps: () => 1,
  run(context) {
    const { shape, state, seed } = context;
    const records = integers(state.tensors, sampleTensors.validationRecords);
    const positions = integers(state.tensors, sampleTensors.validationPositions);
    const negatives = createRandomFamily(seed, 'validate/negatives');
    const scores: Record<'targetOnly' | 'withRepresentation', number[]> = {
      targetOnly: [],
      withRepresentation: [],
    };
    const labels: number[] = [];
    const network = new ClickNetwork(shape, state.tensors, recentMs(context));
    for (let start = 0; start < records.length; start += samplesAtOnce) {
      const end = Math.min(records.length, start + samplesAtOnce);
      const queries = Array.from({ length: end - start }, (_, i): ClickQuery => {
        const [record, position] = [records[start + i]!, positions[start + i]!];
        return readSample(context, record, position, negatives(sampleKey(record, position)));
      });
      const { targetOnly, withRepresentation } = network.logits(queries);
      scores.targetOnly.push(...targetOnly);
      scores.withRepresentation.push(...withRepresentation);
      for (const { candidates } of queries)
        labels.push(...candidates.map((_, place) => (place === 0 ? 1 : 0)));
    }
    network.dispose();
    if (labels.length > 0) {
      state.counters.set('validate/auc-target-only', rankAuc(scores.targetOnly, labels));
      state.counters.set('validate/auc-with-representation', rankAuc(scores.withRepresentation, labels));
    }
    for (const name of [...state.tensors.keys()]) {
      if (name.startsWith('samples/') || name.includes('/adam/')) state.tensors.delete(name);
    }
    for (const name of [...state.counters.keys()]) {
      if (name.includes('/adam/')) state.counters.delete(name);
    }
  },
};
