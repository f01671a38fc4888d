import {
  applyMap,
  type BaseParameters,
  type BaseUser,
  type HeadItems,
  matches,
  type PluginParameters,
} from './click-heads.js';
import { popularityClasses } from './popularity.js';

/** Sums of derivatives of the base head over a batch; shapes as in {@link BaseParameters}. */
export interface BaseGradient {
  readonly map: Float64Array;
  readonly weights: Float64Array;
  readonly popularity: Float64Array;
}

/** Adds the derivatives for one (user, item) pair, given the derivative by its logit. */
export function addBaseGradient(
  parameters: BaseParameters,
  items: HeadItems,
  user: BaseUser,
  row: number,
  popularity: readonly [number, number, number],
  byLogit: number,
  into: BaseGradient,
): void {
  const { dim } = items;
  const [byDirection, byFactor] = matches(items, user.mapped, row);
  const { weights } = into;
  weights[0] = weights[0]! + byLogit * byDirection;
  weights[1] = weights[1]! + byLogit * byFactor;
  weights[2] = weights[2]! + byLogit;
  if (user.empty) weights[3] = weights[3]! + byLogit;
  for (const [kind, value] of popularity.entries()) {
    const at = kind * popularityClasses + value;
    into.popularity[at] = into.popularity[at]! + byLogit;
  }
  if (user.empty) return;
  for (let i = 0; i < dim; i++) {
    const byMapped = byLogit * matchSlope(parameters.weights, items, row, i);
    for (let j = 0; j < dim; j++) {
      into.map[i * dim + j] = into.map[i * dim + j]! + byMapped * user.pooled[j]!;
    }
  }
}

/** Sums of derivatives of the plugin over a batch; shapes as in {@link PluginParameters}. */
export interface PluginGradient {
  readonly map: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Adds the derivatives of what the representation adds for one (user, item) pair, given the derivative by the logit, and
 * writes the derivative by the representation's vector into `byVector`.
 */
export function addPluginGradient(
  parameters: PluginParameters,
  items: HeadItems,
  vector: Float64Array,
  gate: number,
  strongest: number,
  row: number,
  byLogit: number,
  into: PluginGradient,
  byVector: Float64Array,
): void {
  const { dim } = items;
  const { map, weights } = parameters;
  const [byDirection, byFactor] = matches(items, applyMap(map, vector), row);
  for (const [i, input] of [byDirection, byFactor, gate, strongest].entries()) {
    into.weights[i] = into.weights[i]! + byLogit * input;
  }
  byVector.fill(0);
  for (let i = 0; i < dim; i++) {
    const byMapped = byLogit * matchSlope(weights, items, row, i);
    for (let j = 0; j < dim; j++) {
      into.map[i * dim + j] = into.map[i * dim + j]! + byMapped * vector[j]!;
      byVector[j] = byVector[j]! + byMapped * map[i * dim + j]!;
    }
  }
}

/** Derivative of weights . (direction match, factor match) by component `i` of the vector that is matched. */
function matchSlope(weights: Float32Array, items: HeadItems, row: number, i: number): number {
  const at = row * items.dim + i;
  return weights[0]! * items.directions[at]! + weights[1]! * items.factors[at]!;
}
