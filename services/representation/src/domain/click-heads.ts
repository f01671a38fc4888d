import { dotRows } from './item-features.js';
import { popularityClasses } from './popularity.js';

/** Parameters of the head that knows the target domain only. */
export interface BaseParameters {
  /** Map of the pooled history, `[dim, dim]`. */
  readonly map: Float32Array;
  /** Weights of direction and of factor, bias, bias of users without target history: `[4]`. */
  readonly weights: Float32Array;
  /** Biases of the three popularity classes, `[3, popularityClasses]`. */
  readonly popularity: Float32Array;
}

/** Target items as a head sees them: nearly unit directions, and factors scaled to mean length 1, both `[rows, dim]`. */
export interface HeadItems {
  readonly dim: number;
  readonly directions: Float32Array;
  readonly factors: Float32Array;
}

/** What the base head computed for one user. */
export interface BaseUser {
  /** Mean direction of the target history, `[dim]`. */
  readonly pooled: Float64Array;
  /** The pooled history through the map, `[dim]`. */
  readonly mapped: Float64Array;
  readonly empty: boolean;
}

/** Pools a user's target history (rows of the target items, the latest ones). */
export function poolHistory(parameters: BaseParameters, items: HeadItems, rows: ArrayLike<number>): BaseUser {
  const { dim } = items;
  const pooled = new Float64Array(dim);
  for (let at = 0; at < rows.length; at++) {
    const start = rows[at]! * dim;
    for (let i = 0; i < dim; i++) pooled[i] = pooled[i]! + items.directions[start + i]! / rows.length;
  }
  return { pooled, mapped: applyMap(parameters.map, pooled), empty: rows.length === 0 };
}

/** Logit of the base head: matrix factorisation over the target history, with the popularity of the moment. */
export function baseLogit(
  parameters: BaseParameters,
  items: HeadItems,
  user: BaseUser,
  row: number,
  popularity: readonly [number, number, number],
): number {
  const { weights } = parameters;
  const [byDirection, byFactor] = matches(items, user.mapped, row);
  let logit = weights[2]! + weights[0]! * byDirection + weights[1]! * byFactor;
  if (user.empty) logit += weights[3]!;
  for (const [kind, value] of popularity.entries()) {
    logit += parameters.popularity[kind * popularityClasses + value]!;
  }
  return logit;
}

/** Parameters of what the representation adds. */
export interface PluginParameters {
  /** Map of the representation for the click head, `[dim, dim]`. */
  readonly map: Float32Array;
  /** Weights of direction, factor, gate and strongest cause: `[4]`. */
  readonly weights: Float32Array;
}

/**
 * What the cross-domain representation adds to the base logit: its match with the item, the gate, and the strongest
 * cause. Exactly 0 where gate, vector and strongest cause are 0, so the sum is then the base logit to the last bit.
 */
export function pluginLogit(
  parameters: PluginParameters,
  items: HeadItems,
  vector: Float64Array,
  gate: number,
  strongest: number,
  row: number,
): number {
  const { weights } = parameters;
  const [byDirection, byFactor] = matches(items, applyMap(parameters.map, vector), row);
  return weights[0]! * byDirection + weights[1]! * byFactor + weights[2]! * gate + weights[3]! * strongest;
}

/** Inner products of a vector with an item's direction and factor. */
export function matches(
  items: HeadItems,
  vector: ArrayLike<number>,
  row: number,
): readonly [byDirection: number, byFactor: number] {
  const start = row * items.dim;
  return [
    dotRows(items.directions, start, vector, 0, items.dim),
    dotRows(items.factors, start, vector, 0, items.dim),
  ];
}

/** Rows of a square matrix times a vector. */
export function applyMap(map: Float32Array, vector: Float64Array): Float64Array {
  const dim = vector.length;
  const result = new Float64Array(dim);
  for (let row = 0; row < dim; row++) result[row] = dotRows(map, row * dim, vector, 0, dim);
  return result;
}
