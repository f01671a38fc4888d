import { add, div, exp, neg, sigmoid, softplus, sub, type Tensor } from '@isthmus/kernels';
import { atEvents, type EventLayout, sumByUser } from './event-layout.js';

/** Added to the sum of the probabilities, so that events without any causal weight move nothing. */
export const attentionEpsilon = 1e-3;

/** What the source events of users are to targets. */
export interface CausalAttention {
  /** Probability that each event is a cause, a_j, `[events, targets]`. */
  readonly probabilities: Tensor;
  /** w_j = a_j / (eps + sum a), `[events, targets]`: no softmax, so weak causes do not add up to a full transfer. */
  readonly weights: Tensor;
  /** 1 - prod (1 - a_j): probability that at least one event is a cause, `[users, targets]`. Exactly 0 without events. */
  readonly gates: Tensor;
}

/**
 * Causal attention from scores `[events, targets]` (our reconstruction). Since 1 - a = exp(-softplus(f)), the gate is
 * 1 - exp(-sum softplus(f)).
 */
export function attend(layout: EventLayout, scores: Tensor): CausalAttention {
  const probabilities = sigmoid(scores);
  const sums = add(sumByUser(layout, probabilities), attentionEpsilon);
  return {
    probabilities,
    weights: div(probabilities, atEvents(layout, sums)),
    gates: sub(1, exp(neg(sumByUser(layout, softplus(scores))))),
  };
}
