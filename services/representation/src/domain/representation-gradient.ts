import { addAttentionGradient } from './causal-attention.js';
import type { TargetRepresentation } from './causal-representation.js';
import { dotRows, type ItemFeatures } from './item-features.js';

/**
 * Derivatives of the loss by W_o and by the scores of one target, from those by its vector, gate and strongest cause.
 *
 * @param out W_o, `[dim, dim]` @param items item of each source event
 * @param byOut receives the sum for W_o, `[dim, dim]`
 * @param byScores receives the sum for the scores, `[events]` from `start`
 */
export function addRepresentationGradient(
  out: Float32Array,
  features: ItemFeatures,
  items: Uint32Array,
  representation: TargetRepresentation,
  byVector: Float64Array,
  byGate: number,
  byStrongest: number,
  byOut: Float64Array,
  byScores: Float64Array,
  start: number,
): void {
  const { dim } = features;
  const { attention, mixed, mapped } = representation;
  const byMixed = new Float64Array(dim);
  for (let i = 0; i < dim; i++) {
    const g = attention.gate * byVector[i]!;
    for (let j = 0; j < dim; j++) {
      byOut[i * dim + j] = byOut[i * dim + j]! + g * mixed[j]!;
      byMixed[j] = byMixed[j]! + g * out[i * dim + j]!;
    }
  }
  const byWeights = new Float64Array(items.length);
  for (let event = 0; event < items.length; event++) {
    byWeights[event] = dotRows(byMixed, 0, features.directions, items[event]! * dim, dim);
  }
  const byWholeGate = byGate + dotRows(byVector, 0, mapped, 0, dim);
  addAttentionGradient(attention, byWeights, byWholeGate, byStrongest, byScores, start);
}
