import type { CountingHeader, CountingModel } from '../model/counting-model.js';
import type { Catalogue, CatalogueView, StoredItem } from './catalogue.js';
import { type ItemSpace, itemProblem } from './catalogue-rules.js';
import { CountingRanker, momentOf } from './counting-ranker.js';
import { findPair } from './pair-counts.js';

/** A version of a counting model with the catalogue that it ranks. It has no vectors and no interests. */
export interface ServedCounts {
  readonly kind: 'counts';
  readonly model: {
    readonly header: CountingHeader;
    /** Ids of the items of the target domain. */
    readonly itemIds: readonly string[];
  };
  readonly catalogue: Catalogue;
  /** Takes items by the ids that were counted, and no vectors and no features. */
  readonly space: ItemSpace;
  /** Number of an item of any domain; undefined for one that was never counted. */
  itemOf(domain: string, itemId: string): number | undefined;
  /**
   * The best `k` items of the catalogue.
   * @param history numbers of items, oldest first
   * @param excludedItemIds ids of the target domain
   */
  rank(history: Uint32Array, k: number, excludedItemIds: Iterable<string>): CountedHit[];
  /** Lets go of the catalogue. */
  close(): void;
}

/** A ranked item and what found it. */
export interface CountedHit {
  readonly itemId: string;
  readonly score: number;
  /** Position in the history of the event that adds most to the score; -1 where popularity alone ranks the item. */
  readonly source: number;
}

/**
 * Joins a counting model and a catalogue: from here on the ranking follows every write. A model knows of nothing after its
 * own data, so what is popular at the moment is what was popular when its data ended.
 */
export function serveCounts(model: CountingModel, catalogue: Catalogue): ServedCounts {
  const { header, itemIds, itemDomains, scorer, targets } = model;
  const itemsByDomain = header.domains.map(() => new Map<string, number>());
  itemIds.forEach((itemId, item) => {
    itemsByDomain[itemDomains[item]!]!.set(itemId, item);
  });
  const itemOf = (domain: string, itemId: string) =>
    itemsByDomain[header.domains.indexOf(domain)]?.get(itemId);
  const targetItem = (itemId: string) => itemOf(header.targetDomain, itemId);
  const space: ItemSpace = {
    dim: 0,
    targetDomain: header.targetDomain,
    knows: (itemId) => targetItem(itemId) !== undefined,
    encode: () => undefined,
  };
  const hidden = new Set<number>();
  const detach = catalogue.attach(hidingView(hidden, space, targetItem));
  const ranker = new CountingRanker(model);
  const nowMs = (momentOf(scorer)?.timeline.timesMs.at(-1) ?? 0) + 1;
  return {
    kind: 'counts',
    model: { header, itemIds: Array.from(targets, (item) => itemIds[item]!) },
    catalogue,
    space,
    itemOf,
    rank(history, k, excludedItemIds) {
      const excluded = new Set(hidden);
      for (const itemId of excludedItemIds) {
        const item = targetItem(itemId);
        if (item !== undefined) excluded.add(item);
      }
      const { items, scores } = ranker.rank({ history, nowMs, excluded }, k);
      return Array.from(items, (item, place) => ({
        itemId: itemIds[item]!,
        score: scores[place]!,
        source: sourceOf(model, history, item),
      }));
    },
    close: detach,
  };
}

/** Keeps the set of the items that the catalogue has not, or has under something that no count stands for. */
function hidingView(
  hidden: Set<number>,
  space: ItemSpace,
  itemOf: (itemId: string) => number | undefined,
): CatalogueView {
  const hide = (itemId: string) => {
    const item = itemOf(itemId);
    if (item !== undefined) hidden.add(item);
  };
  return {
    upsert({ item }: StoredItem) {
      const known = itemOf(item.itemId);
      if (known !== undefined && itemProblem(item, space) === undefined) hidden.delete(known);
      else hide(item.itemId);
    },
    remove: hide,
  };
}

/** Position of the event that says most of an item, of equal ones the latest; -1 where none says anything. */
function sourceOf({ scorer }: CountingModel, history: Uint32Array, item: number): number {
  if (scorer.kind !== 'item-pairs') return -1;
  const { table, decay } = scorer;
  let best = -1;
  let most = 0;
  let factor = 1;
  for (let position = history.length - 1; position >= 0 && factor > 0; position--) {
    const place = findPair(table, history[position]!, item);
    const share = place < 0 ? 0 : factor * table.weights[place]!;
    if (share > most) {
      most = share;
      best = position;
    }
    factor *= decay;
  }
  return best;
}
