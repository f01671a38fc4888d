import type { StateTensor } from '@isthmus/learning';
import { ItemPrior, type PriorCause } from '../domain/item-prior.js';
import { openSparseTable } from '../domain/sparse-item-table.js';
import type { RetrievalHeader } from './retrieval-header.js';
import type { RetrievalShape } from './retrieval-shape.js';
import type { NamedTensors } from './tensor-container.js';

/** Sizes that the tensors of a prior have to fit. */
export interface PriorSizes {
  /** Rows of a history. */
  readonly rows: number;
  /** Rows that are ranked. */
  readonly targets: number;
  readonly halfLifeMs: number;
}

/** What a model adds to its scores. */
export interface WeightedPrior {
  /** What is added to the score of each row that is ranked. */
  bonus(history: ArrayLike<number>, nowMs: number): Float64Array;
  /** See `ItemPrior.causes`. */
  causes(history: ArrayLike<number>, row: number): readonly PriorCause[];
}

/** Opens what the header of a model says; undefined where that is nothing. */
export function openWeightedPrior(
  tensors: NamedTensors,
  { prior, items, otherItems = 0, shape }: RetrievalHeader,
): WeightedPrior | undefined {
  if (prior === undefined) return undefined;
  const { halfLifeMs } = prior;
  const counted = openPrior(tensors, { rows: items + otherItems, targets: items, halfLifeMs });
  return {
    bonus(history, nowMs) {
      const popularity = hearsPopularity(shape, history) ? prior.popularity : 0;
      return counted.bonus({ ...prior, popularity }, history, nowMs);
    },
    causes: (history, row) => counted.causes(history, row),
  };
}

/**
 * Whether what is popular at the time is added for a user. A newcomer for whom another domain speaks is left to what it says: what is
 * popular at one moment is a better guess of the next event than of all that a newcomer will like.
 */
export function hearsPopularity({ crossDim }: RetrievalShape, history: ArrayLike<number>): boolean {
  return crossDim === 0 || history.length > 0;
}

/** Names of the tensors of the transitions, and of those of popularity. */
export const transitionTensors = ['prior/offsets', 'prior/columns', 'prior/counts', 'prior/source-norms'];
export const timelineTensors = ['prior/times', 'prior/rows'];

/**
 * What was counted, from `prior/...` tensors of a state or of a model's files. Tensors that are not there say nothing. Throws an
 * Error that says what is wrong.
 */
export function openPrior(tensors: NamedTensors, { rows, targets, halfLifeMs }: PriorSizes): ItemPrior {
  const table = tensors.has('prior/offsets') ? openTable(tensors, rows, targets) : undefined;
  const timesMs = tensors.has('prior/times')
    ? (vector(tensors, 'prior/times', 'float64') as Float64Array)
    : new Float64Array();
  if (timesMs.length === 0) return new ItemPrior({ table, timeline: undefined, halfLifeMs, targets });
  const items = vector(tensors, 'prior/rows', 'uint32', timesMs.length) as Uint32Array;
  if (timesMs.some((time, i) => !Number.isFinite(time) || time < (timesMs[i - 1] ?? time)))
    throw new Error('the events of the prior are not in time order');
  requireRows(items, targets);
  return new ItemPrior({ table, timeline: { timesMs, items }, halfLifeMs, targets });
}

function openTable(tensors: NamedTensors, rows: number, targets: number) {
  const offsets = vector(tensors, 'prior/offsets', 'uint32', rows + 1) as Uint32Array;
  const columns = vector(tensors, 'prior/columns', 'uint32') as Uint32Array;
  const counts = vector(tensors, 'prior/counts', 'float32', columns.length) as Float32Array;
  const sourceNorms = vector(tensors, 'prior/source-norms', 'float32', rows) as Float32Array;
  if (offsets[0] !== 0 || offsets[rows] !== columns.length)
    throw new Error('the rows of the prior do not cover its pairs');
  if (offsets.some((offset, row) => offset < (offsets[row - 1] ?? 0)))
    throw new Error('the rows of the prior do not ascend');
  requireRows(columns, targets);
  const targetNorms = new Float32Array(rows).fill(1);
  const table = openSparseTable({ offsets, columns, counts, sourceNorms, targetNorms, shrinkage: 0 });
  if (!table.weights.every((weight) => Number.isFinite(weight) && weight >= 0))
    throw new Error('a weight of the prior is no number or negative');
  return table;
}

function requireRows(indices: Uint32Array, targets: number): void {
  if (indices.some((row) => row >= targets)) throw new Error('the prior names a row that is not ranked');
}

function vector(tensors: NamedTensors, name: string, type: StateTensor['type'], length?: number) {
  const tensor = tensors.get(name);
  if (tensor?.type !== type || (length ?? tensor.data.length) !== tensor.data.length)
    throw new Error(`there is no ${type} tensor '${name}' of shape [${length ?? 'n'}]`);
  return tensor.data;
}
