import {
  type CommittedInteractions,
  counter,
  type Inputs,
  openInteractions,
  setTensor,
  type TrainingState,
  tensorOfType,
  uint32Tensor,
  withoutValidation,
} from '@isthmus/learning';
import { createTimeline } from '../../domain/event-timeline.js';
import { addUserPairs, ItemPairs } from '../../domain/item-pairs.js';
import { addPairs, noPairCounts, type PairCounts } from '../../domain/pair-counts.js';
import { buildSparseTable } from '../../domain/sparse-item-table.js';
import { rowsOfItems } from './training-catalogue.js';
import { targetEvents } from './training-data.js';
import { countedUsers } from './training-plan.js';

/** What follows an event: the next ten, each by one over the events between. */
const rule = { kind: 'following', window: 10, gapWeight: 'inverse' } as const;
/** Weights of pairs: one over the root of the source's events. */
const weighting = { sourceExponent: 0.5, targetExponent: 0, shrinkage: 0, neighbours: 200 };
/** Times before it (in 1970) are positions and no times. */
const firstClockMs = 1e10;

const counting = 'counting/';

/**
 * One step of counting what is later added to the scores: transitions between items, and when items were taken. It reads what may
 * be learnt from, some users a step, and the last step leaves `prior/...` in the state in place of the raw counts:
 *
 * - `prior/offsets`, `prior/columns`, `prior/counts`, `prior/source-norms`: a `SparseItemTable` over the rows of the catalogue
 * - `prior/times`, `prior/rows`: an `EventTimeline`, empty where the data has no clock
 */
export function countingStep(state: TrainingState, inputs: Inputs, done: number, steps: number): void {
  if (done === 0) writeCounts(state, noPairCounts(uint32Tensor(state, 'catalogue/items').length), [], []);
  const data = openInteractions(inputs);
  const start = done * countedUsers;
  countUsers(state, withoutValidation(data), start, Math.min(data.users, start + countedUsers));
  if (done + 1 === steps) finish(state);
}

function countUsers(state: TrainingState, learnt: CommittedInteractions, start: number, end: number): void {
  const items = uint32Tensor(state, 'catalogue/items');
  const rowOf = rowsOfItems(items, learnt.items);
  const targets = counter(state, 'catalogue/targets');
  const isTarget = Uint8Array.from(items, (_, row) => (row < targets ? 1 : 0));
  const pairs = new ItemPairs();
  const times = Array.from(timesOf(state));
  const rowsTaken = Array.from(uint32Tensor(state, `${counting}rows`));
  for (let record = start; record < end; record++) {
    const { rows, timestampsMs } = targetEvents(learnt, rowOf, record);
    addUserPairs(rule, rows, isTarget, pairs);
    rows.forEach((row, i) => {
      if (row >= targets || timestampsMs[i]! < firstClockMs) return;
      times.push(timestampsMs[i]!);
      rowsTaken.push(row);
    });
  }
  writeCounts(state, addPairs(readCounts(state), pairs), times, rowsTaken);
}

function finish(state: TrainingState): void {
  const table = buildSparseTable(readCounts(state), uint32Tensor(state, 'catalogue/counts'), weighting);
  const timeline = createTimeline(timesOf(state), uint32Tensor(state, `${counting}rows`));
  for (const name of [...state.tensors.keys()]) if (name.startsWith(counting)) state.tensors.delete(name);
  setTensor(state, 'prior/offsets', [table.offsets.length], table.offsets);
  setTensor(state, 'prior/columns', [table.columns.length], table.columns);
  setTensor(state, 'prior/counts', [table.counts.length], table.counts);
  setTensor(state, 'prior/source-norms', [table.sourceNorms.length], table.sourceNorms);
  setTensor(state, 'prior/times', [timeline.timesMs.length], timeline.timesMs);
  setTensor(state, 'prior/rows', [timeline.items.length], timeline.items);
}

function timesOf(state: TrainingState): Float64Array {
  return tensorOfType(state, `${counting}times`, 'float64').data as Float64Array;
}

function readCounts(state: TrainingState): PairCounts {
  return {
    offsets: uint32Tensor(state, `${counting}offsets`),
    columns: uint32Tensor(state, `${counting}columns`),
    sums: tensorOfType(state, `${counting}sums`, 'float64').data as Float64Array,
  };
}

function writeCounts(
  state: TrainingState,
  { offsets, columns, sums }: PairCounts,
  times: readonly number[],
  rows: readonly number[],
): void {
  setTensor(state, `${counting}offsets`, [offsets.length], offsets);
  setTensor(state, `${counting}columns`, [columns.length], columns);
  setTensor(state, `${counting}sums`, [sums.length], sums);
  setTensor(state, `${counting}times`, [times.length], Float64Array.from(times));
  setTensor(state, `${counting}rows`, [rows.length], Uint32Array.from(rows));
}
