import { createRandomFamily } from '@isthmus/learning';

import { rankAuc } from '../../domain/rank-auc.js';
import { createClickScorer } from '../../model/click-scorer.js';
import { integers } from '../../model/tensor-map.js';
import { sampleTensors } from './label-phase.js';
import type { Phase } from './phase.js';
import { readSample, recentMs, sampleKey } from './sample.js';

/** Measures both click heads on the target events that were kept back, and drops what only training needed. */
export const validationPhase: Phase = {
  name: 'validate',
  steps: () => 1,
  run(context) {
    const { shape, state, seed } = context;
    const records = integers(state.tensors, sampleTensors.validationRecords);
    const positions = integers(state.tensors, sampleTensors.validationPositions);
    const negatives = createRandomFamily(seed, 'validate/negatives');
    const score = createClickScorer(shape, state.tensors, recentMs(context));
    const scores: Record<'targetOnly' | 'withRepresentation', number[]> = {
      targetOnly: [],
      withRepresentation: [],
    };
    const labels: number[] = [];
    for (let at = 0; at < records.length; at++) {
      const key = sampleKey(records[at]!, positions[at]!);
      const sample = readSample(context, records[at]!, positions[at]!, negatives(key));
      for (const [place, logits] of score(sample).entries()) {
        labels.push(place === 0 ? 1 : 0);
        scores.targetOnly.push(logits.targetOnly);
        scores.withRepresentation.push(logits.withRepresentation);
      }
    }
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
