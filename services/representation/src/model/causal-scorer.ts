import { add, gatherRows, matMul, mul, reshape, slice, type Tensor, tensor } from '@isthmus/kernels';
import { atEvents, type EventLayout, sumByUser } from './event-layout.js';
import { type EventTargetPairs, eventProducts } from './event-target-pairs.js';
import type { ItemRows } from './item-rows.js';

/** Parameters that the score needs once items are projected. */
export interface ScorerTensors {
  /** Projection of the user, `[rank, dim]`. */
  readonly user: Tensor;
  /** Bias by recency class, see {@link recencyClass}, `[recencyClasses]`. */
  readonly recency: Tensor;
  /** Weight of the graph's cosine, weight of the content's cosine, bias: `[3]`. */
  readonly similarity: Tensor;
}

/** Recency classes of source events, by the number of later ones: 0, 1, 2-3, 4-7, 8-15, 16-31, 32 and more. */
export const recencyClasses = 7;

/** Recency class of an event that `later` source events follow. */
export function recencyClass(later: number): number {
  return Math.min(recencyClasses - 1, 32 - Math.clz32(later));
}

/**
 * Scores of source events for targets, `[events, targets]`. The score of a source event j for a target item i is
 *
 *   f = (q_j + g) . k_i / sqrt(rank) + w_graph cos(j, i) + w_content cos'(j, i) + potency_j + recency_j + bias,
 *
 * with q_j, k_i and g linear in the features of the event's item, the target item and the user (the mean direction of the source
 * events): one pass over the events and one over the targets is all that is needed before the inner products.
 *
 * @param potency how ready the item of each event is to cause anything, `[events, 1]`
 */
export function causalScores(
  scorer: ScorerTensors,
  pairs: EventTargetPairs,
  sources: ItemRows,
  potency: Tensor,
  targets: ItemRows,
): Tensor {
  const { layout } = pairs;
  const rank = sources.projections.shape[1] as number;
  const user = matMul(meanByUser(layout, sources.directions), scorer.user, false, true);
  const asked = mul(add(sources.projections, atEvents(layout, user)), 1 / Math.sqrt(rank));
  let scores = eventProducts(pairs, asked, targets.projections);
  const graph = eventProducts(pairs, sources.directions, targets.directions);
  scores = add(scores, mul(graph, slice(scorer.similarity, [0], [1])));
  if (sources.content !== undefined && targets.content !== undefined) {
    const content = eventProducts(pairs, sources.content, targets.content);
    scores = add(scores, mul(content, slice(scorer.similarity, [1], [1])));
  }
  return add(scores, eventOffsets(scorer, layout, potency));
}

/** Potency, recency and bias of each event, `[events, 1]`. */
function eventOffsets(
  { recency, similarity }: ScorerTensors,
  { later }: EventLayout,
  potency: Tensor,
): Tensor {
  const byClass = gatherRows(reshape(recency, [recencyClasses, 1]), later.map(recencyClass));
  return add(add(potency, byClass), slice(similarity, [2], [1]));
}

function meanByUser(layout: EventLayout, directions: Tensor): Tensor {
  return mul(sumByUser(layout, directions), tensor(layout.inverseCounts, [layout.users, 1]));
}
