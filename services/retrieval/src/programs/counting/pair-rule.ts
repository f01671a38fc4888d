import {
  type SpecFields,
  type StateTensor,
  setTensor,
  type TrainingState,
  tensorOfType,
  uint32Tensor,
} from '@isthmus/learning';
import { addUserPairs, ItemPairs, type PairRule } from '../../domain/item-pairs.js';
import { addPairs, noPairCounts, type PairCounts } from '../../domain/pair-counts.js';
import { buildSparseTable, type SparseTableSettings } from '../../domain/sparse-item-table.js';
import { countedHistory } from './counted-history.js';
import type { CountingRule } from './counting-rule.js';
import type { CommonSettings } from './counting-settings.js';
import { addToTimeline, dayMs, resetTimeline, timelineTensors } from './timeline-state.js';

/** Numbers of a program that counts pairs. */
export interface PairSettings extends CommonSettings, SparseTableSettings {
  readonly sources: 'all' | 'target';
  readonly maxLength: number;
  readonly decay: number;
  readonly recencyDays: number;
  readonly recencyWeight: number;
  readonly pairFloor: number;
}

/**
 * A program that counts pairs of items.
 * @param options.complete the numbers that its specification leaves out
 * @param options.pairs what a pair is
 */
export function pairRule<Chosen extends CommonSettings>(options: {
  readonly name: string;
  readonly version: string;
  readonly fields: SpecFields;
  readonly complete: (chosen: Chosen) => PairSettings;
  readonly pairs: (chosen: Chosen) => PairRule;
}): CountingRule<Chosen> {
  const { name, version, fields, complete, pairs: rule } = options;
  return {
    name,
    version,
    fields,
    reset(state, items) {
      setTensor(state, 'items/occurrences', [items], new Uint32Array(items));
      writeCounts(state, noPairCounts(items));
      resetTimeline(state);
    },
    count(state, chosen, users, catalogue) {
      const settings = complete(chosen);
      const occurrences = uint32Tensor(state, 'items/occurrences');
      const found = new ItemPairs();
      for (const user of users) {
        const items = countedHistory(user, catalogue.targetDomain, settings);
        const pair = rule(chosen);
        for (const item of pair.kind === 'basket' ? new Set(items) : items) occurrences[item]!++;
        addUserPairs(pair, items, catalogue.isTarget, found);
      }
      writeCounts(state, addPairs(readCounts(state), found));
      if (settings.recencyDays > 0) addToTimeline(state, users, catalogue.targetDomain);
    },
    header(chosen) {
      const { sources, maxLength, decay, shrinkage, recencyDays, recencyWeight, pairFloor } =
        complete(chosen);
      const base = { scorer: 'item-pairs', sources, maxLength, decay, shrinkage } as const;
      if (recencyDays === 0) return { ...base, window: null, recency: null };
      return {
        ...base,
        window: { by: 'time', ms: recencyDays * dayMs },
        recency: { weight: recencyWeight, pairFloor },
      };
    },
    tensors(state, chosen) {
      const occurrences = uint32Tensor(state, 'items/occurrences');
      const table = buildSparseTable(readCounts(state), occurrences, complete(chosen));
      const vector = (type: 'uint32' | 'float32', data: Uint32Array | Float32Array): StateTensor => ({
        type,
        shape: [data.length],
        data,
      });
      return new Map([
        ['table/offsets', vector('uint32', table.offsets)],
        ['table/columns', vector('uint32', table.columns)],
        ['table/counts', vector('float32', table.counts)],
        ['table/source-norms', vector('float32', table.sourceNorms)],
        ['table/target-norms', vector('float32', table.targetNorms)],
        ...(complete(chosen).recencyDays > 0 ? timelineTensors(state) : []),
      ]);
    },
  };
}

function readCounts(state: TrainingState): PairCounts {
  return {
    offsets: uint32Tensor(state, 'pairs/offsets'),
    columns: uint32Tensor(state, 'pairs/columns'),
    sums: tensorOfType(state, 'pairs/sums', 'float64').data as Float64Array,
  };
}

function writeCounts(state: TrainingState, { offsets, columns, sums }: PairCounts): void {
  setTensor(state, 'pairs/offsets', [offsets.length], offsets);
  setTensor(state, 'pairs/columns', [columns.length], columns);
  setTensor(state, 'pairs/sums', [sums.length], sums);
}
