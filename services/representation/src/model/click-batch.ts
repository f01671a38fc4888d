import { popularityAt, popularityClasses } from '../domain/popularity.js';
import { type EventLayout, eventLayout } from './event-layout.js';
import type { EventTargetPairs } from './event-target-pairs.js';
import { baseItems, popularityOf, tensorNames } from './model-parts.js';
import type { ModelShape } from './model-shape.js';
import { targetRows } from './target-rows.js';
import { bytes, type TensorMap } from './tensor-map.js';

/** A user at a moment, and target items to be scored. */
export interface ClickQuery {
  readonly timeMs: number;
  /** Items of the latest source events, oldest first. */
  readonly sourceItems: Uint32Array;
  /** Target rows of the latest target events. */
  readonly targetHistory: Uint32Array;
  /** Items of the target domain. */
  readonly candidates: Uint32Array;
}

/** Queries with equally many candidates as arrays, users one after the other. */
export interface ClickBatch {
  readonly layout: EventLayout;
  readonly pairs: EventTargetPairs;
  /** Item of each source event, `[events]`. */
  readonly sourceItems: Int32Array;
  /** Item of each candidate, and its row among the target items, `[users * targets]`. */
  readonly candidates: Int32Array;
  readonly candidateRows: Int32Array;
  /** Mean direction of each target history in the space of the target domain's own factors, `[users, dim]`. */
  readonly pooled: Float32Array;
  /** 1 for users without target history, `[users]`. */
  readonly empty: Float32Array;
  /** See `BaseUsers`, `[users * targets * 3]`. */
  readonly popularity: Int32Array;
}

/**
 * Lays queries out. What needs no parameter is worked out here: means of histories, popularity.
 * Throws a RangeError for a candidate of another domain.
 */
export function clickBatch(
  shape: ModelShape,
  tensors: TensorMap,
  recentMs: number,
  queries: readonly ClickQuery[],
): ClickBatch {
  const { dim } = shape;
  const { directions } = baseItems(shape, tensors);
  const { rows } = targetRows(bytes(tensors, tensorNames.itemDomains), shape.targetDomain);
  const table = popularityOf(tensors, recentMs);
  const targets = queries[0]!.candidates.length;
  const layout = eventLayout(queries.map(({ sourceItems }) => sourceItems.length));
  const sourceItems = new Int32Array(layout.events);
  const candidates = new Int32Array(queries.length * targets);
  const popularity = new Int32Array(candidates.length * 3);
  const pooled = new Float32Array(queries.length * dim);
  for (const [user, query] of queries.entries()) {
    sourceItems.set(query.sourceItems, layout.starts[user]);
    candidates.set(query.candidates, user * targets);
    pooled.set(meanOfRows(directions, dim, query.targetHistory), user * dim);
  }
  const candidateRows = candidates.map((item) => {
    const row = rows[item];
    if (row === undefined || row < 0) throw new RangeError(`item ${item} is not of the target domain`);
    return row;
  });
  for (const [at, row] of candidateRows.entries()) {
    const { timeMs } = queries[Math.floor(at / targets)]!;
    for (const [kind, value] of popularityAt(table, row, timeMs).entries()) {
      popularity[at * 3 + kind] = kind * popularityClasses + value;
    }
  }
  return {
    layout,
    pairs: { layout, targets, kind: 'own' },
    sourceItems,
    candidates,
    candidateRows,
    pooled,
    empty: Float32Array.from(queries, ({ targetHistory }) => (targetHistory.length === 0 ? 1 : 0)),
    popularity,
  };
}

/** Mean of chosen rows in float64, zero of none. */
function meanOfRows(table: Float32Array, dim: number, rows: Uint32Array): Float64Array {
  const sums = new Float64Array(dim);
  for (const row of rows) {
    for (let i = 0; i < dim; i++) sums[i] = sums[i]! + table[row * dim + i]!;
  }
  return rows.length === 0 ? sums : sums.map((sum) => sum / rows.length);
}
