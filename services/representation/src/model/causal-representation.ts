import { matMul, minimum, mul, reshape, type Tensor } from '@isthmus/kernels';
import { attend, type CausalAttention } from './causal-attention.js';
import { atEvents, type EventLayout } from './event-layout.js';
import { mixEvents } from './event-target-pairs.js';

/** Representations of users for targets. */
export interface TargetRepresentations extends CausalAttention {
  /** z = gate * sum_j w_j h_j, `[users * targets, dim]`. All zero without source events. */
  readonly vectors: Tensor;
}

/**
 * z = gate * sum_j w_j h_j with causal attention w, for each target (our reconstruction). h_j is the direction of the event's item
 * in the space of the union graph, in which the target items lie too. A map W_o from source to target in between, trained or
 * fitted by ridge regression, did not rank better for users without target events, so it is the identity here; the click
 * head has a map of its own.
 *
 * @param scores `[events, targets]` @param directions h, `[events, dim]`
 */
export function representTargets(
  layout: EventLayout,
  scores: Tensor,
  directions: Tensor,
): TargetRepresentations {
  const attention = attend(layout, scores);
  const mixed = mixEvents(layout, attention.weights, directions);
  const vectors = mul(mixed, reshape(attention.gates, [mixed.shape[0] as number, 1]));
  return { ...attention, vectors };
}

/** Representations of users as a whole. */
export interface UserRepresentations {
  /** `[users, dim]` */
  readonly vectors: Tensor;
  /** `[users, 1]` */
  readonly gates: Tensor;
  /** a_j and w_j, `[events, 1]`. */
  readonly probabilities: Tensor;
  readonly weights: Tensor;
}

/**
 * z_user = sum_p share_p z(user, p), and the same for gate, probabilities and weights, over prototypes p of the target catalogue.
 *
 * @param scores `[events, prototypes]`
 * @param shares share of the target domain's events behind each prototype, adding up to 1, `[prototypes, 1]`
 * @param directions what is mixed, `[events, dim]`
 */
export function representUsers(
  layout: EventLayout,
  scores: Tensor,
  shares: Tensor,
  directions: Tensor,
): UserRepresentations {
  const { probabilities, weights, gates } = attend(layout, scores);
  const gated = matMul(mul(weights, atEvents(layout, gates)), shares);
  return {
    vectors: mixEvents(layout, gated, directions),
    // The rounded shares may add up to a little more than 1.
    gates: minimum(matMul(gates, shares), 1),
    probabilities: minimum(matMul(probabilities, shares), 1),
    weights: gated,
  };
}
