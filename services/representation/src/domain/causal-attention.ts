import { sigmoid } from '@isthmus/learning';

/** Added to the sum of the probabilities, so that events without any causal weight move nothing. */
export const attentionEpsilon = 1e-3;

/** What the source events of a user are to one target. */
export interface CausalAttention {
  /** Probability that each event is a cause, a_j, `[events]`. */
  readonly probabilities: Float64Array;
  /** w_j = a_j / (eps + sum a), `[events]`: no softmax, so weak causes do not add up to a full transfer. */
  readonly weights: Float64Array;
  /** 1 - prod (1 - a_j): probability that at least one event is a cause. Exactly 0 without events. */
  readonly gate: number;
  /** Largest a_j, 0 without events. */
  readonly strongest: number;
}

/** Causal attention from scores (our reconstruction, see the module's documentation). */
export function attend(scores: Float64Array): CausalAttention {
  const events = scores.length;
  const probabilities = new Float64Array(events);
  const weights = new Float64Array(events);
  let sum = 0;
  let none = 1;
  let strongest = 0;
  for (let event = 0; event < events; event++) {
    const probability = Math.min(largestProbability, sigmoid(scores[event]!));
    probabilities[event] = probability;
    sum += probability;
    none *= 1 - probability;
    if (probability > strongest) strongest = probability;
  }
  for (let event = 0; event < events; event++)
    weights[event] = probabilities[event]! / (attentionEpsilon + sum);
  return { probabilities, weights, gate: events === 0 ? 0 : 1 - none, strongest };
}

/**
 * Derivatives by the scores from those by what {@link attend} gives.
 *
 * @param byWeights derivative by each weight @param out receives the sum, `[events]` from `start`
 */
export function addAttentionGradient(
  attention: CausalAttention,
  byWeights: Float64Array,
  byGate: number,
  byStrongest: number,
  out: Float64Array,
  start: number,
): void {
  const { probabilities, weights, gate, strongest } = attention;
  const events = probabilities.length;
  let sum = attentionEpsilon;
  let mean = 0;
  for (let event = 0; event < events; event++) {
    sum += probabilities[event]!;
    mean += weights[event]! * byWeights[event]!;
  }
  let strongestSeen = false;
  for (let event = 0; event < events; event++) {
    const a = probabilities[event]!;
    let byProbability = (byWeights[event]! - mean) / sum + (byGate * (1 - gate)) / (1 - a);
    if (!strongestSeen && a === strongest) {
      byProbability += byStrongest;
      strongestSeen = true;
    }
    out[start + event] = out[start + event]! + byProbability * a * (1 - a);
  }
}

/** Keeps 1 - a away from 0. */
const largestProbability = 1 - 1e-9;
