import { addAttentionGradient } from './causal-attention.js';
import type { TargetRepresentation } from './causal-representation.js';
import { dotRows, type ItemFeatures } from './item-features.js';

/**
 * Derivatives of the loss by the scores of one target, from those by its vector, gate and strongest cause.
 *
 * @param items item of each source event
 * @param byScores receives the sum for the scores, `[events]` from `start`
 */
export function addRepresentationGradient(
  features: ItemFeatures,
  items: Uint32Array,
  representation: TargetRepresentation,
  byVector: Float64Array,
  byGate: number,
  byStrongest: number,
  byScores: Float64Array,
  start: number,
): void {
  const { dim } = features;
  const { attention, mixed } = representation;
  const byWeights = new Float64Array(items.length);
  for (let event = 0; event < items.length; event++) {
    byWeights[event] = attention.gate * dotRows(byVector, 0, features.directions, items[event]! * dim, dim);
  }
  const byWholeGate = byGate + dotRows(byVector, 0, mixed, 0, dim);
  addAttentionGradient(attention, byWeights, byWholeGate, byStrongest, byScores, start);
}
