import { power } from '../arithmetic/exp.js';
import type { InteractionData } from '../interactions/interaction-data.js';
import { topItems } from './top-items.js';

/** How neighbours are weighted. */
export interface ItemNeighbourSettings {
  /** Domain that neighbours are from; the items that have neighbours are of all domains. */
  readonly targetDomain: number;
  /** Power of the neighbour's own count in the denominator: 0.5 is the cosine, less favours popular items. */
  readonly targetExponent: number;
  /** Added to the denominator: pairs seen rarely weigh less. */
  readonly shrinkage: number;
  /** Most neighbours kept for an item. */
  readonly neighbours: number;
}

/** Neighbours of each item, best first. */
export interface ItemNeighbours {
  readonly items: readonly Uint32Array[];
  readonly similarities: readonly Float64Array[];
}

/**
 * Item-kNN (Sarwar et al. 2001): similarity c_ij / (n_i^0.5 n_j^targetExponent + shrinkage), where n counts the users
 * with an item and c those with both.
 */
export function countItemNeighbours(data: InteractionData, settings: ItemNeighbourSettings): ItemNeighbours {
  const itemCount = data.catalogue.items.length;
  const baskets = data.users.map(({ history }) => Uint32Array.from(new Set(history.items)));
  const users: number[][] = Array.from({ length: itemCount }, () => []);
  for (const [record, basket] of baskets.entries()) for (const item of basket) users[item]!.push(record);
  const isTarget = data.catalogue.items.map((item) => item.domain === settings.targetDomain);
  const targetWeights = users.map((records) => power(records.length, settings.targetExponent));
  const scores = new Float64Array(itemCount);
  const none: ReadonlySet<number> = new Set();
  const items: Uint32Array[] = [];
  const similarities: Float64Array[] = [];
  for (let item = 0; item < itemCount; item++) {
    const touched: number[] = [];
    for (const record of users[item]!) {
      for (const other of baskets[record]!) {
        if (other === item || !isTarget[other]) continue;
        if (scores[other] === 0) touched.push(other);
        scores[other] = scores[other]! + 1;
      }
    }
    const sourceWeight = Math.sqrt(users[item]!.length);
    for (const other of touched) {
      scores[other] = scores[other]! / (sourceWeight * targetWeights[other]! + settings.shrinkage);
    }
    const best = topItems(scores, settings.neighbours, none, touched);
    items.push(best);
    similarities.push(Float64Array.from(best, (other) => scores[other]!));
    for (const other of touched) scores[other] = 0;
  }
  return { items, similarities };
}
