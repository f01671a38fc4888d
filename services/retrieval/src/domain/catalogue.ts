import type { Item } from '@isthmus/proto/isthmus/retrieval/v1/catalogue.js';

/** An item as it was last written. */
export interface StoredItem {
  readonly item: Item;
  /** Version of the model whose space the item's vector belongs to. */
  readonly modelVersion: string;
}

/** What follows a catalogue: the item table of one loaded model version. */
export interface CatalogueView {
  upsert(stored: StoredItem): void;
  remove(itemId: string): void;
}

/** One change, decoded. */
export type CatalogueChange =
  | { readonly kind: 'upsert'; readonly items: readonly StoredItem[] }
  | { readonly kind: 'delete'; readonly itemIds: readonly string[] };

/** A page of items in the order of their ids (UTF-16 code units). */
export interface ItemPage {
  readonly items: readonly Item[];
  /** Id to continue after; undefined after the last page. */
  readonly nextAfter: string | undefined;
}

/**
 * The catalogue of one model name as far as this replica has read the log. A model brings the items that it was trained
 * on; writes add to them, replace them and take them away. Every loaded version attaches a view and gets the same changes.
 */
export class Catalogue {
  readonly modelName: string;
  #sequence = 0n;
  readonly #written = new Map<string, StoredItem | 'deleted'>();
  readonly #views = new Set<CatalogueView>();

  constructor(modelName: string) {
    this.modelName = modelName;
  }

  /** Sequence number of the last change that was applied. */
  get sequence(): bigint {
    return this.#sequence;
  }

  /** Applies the change with the next sequence number to all views. */
  applyChange(sequence: bigint, change: CatalogueChange): void {
    if (sequence !== this.#sequence + 1n) {
      throw new RangeError(
        `catalogue of ${this.modelName}: change ${sequence} does not follow ${this.#sequence}`,
      );
    }
    if (change.kind === 'upsert') {
      for (const stored of change.items) {
        this.#written.set(stored.item.itemId, stored);
        for (const view of this.#views) view.upsert(stored);
      }
    } else {
      for (const itemId of change.itemIds) {
        this.#written.set(itemId, 'deleted');
        for (const view of this.#views) view.remove(itemId);
      }
    }
    this.#sequence = sequence;
  }

  /** Brings a view level with every change so far and keeps it so until the returned function is called. */
  attach(view: CatalogueView): () => void {
    for (const [itemId, stored] of this.#written) {
      if (stored === 'deleted') view.remove(itemId);
      else view.upsert(stored);
    }
    this.#views.add(view);
    return () => this.#views.delete(view);
  }

  /** The item, from the writes or else from the model's own; undefined where neither holds it. */
  get(itemId: string, isOwn: (itemId: string) => boolean): Item | undefined {
    const stored = this.#written.get(itemId);
    if (stored === 'deleted') return undefined;
    if (stored !== undefined) return stored.item;
    return isOwn(itemId) ? ownItem(itemId) : undefined;
  }

  /** A page of at most `limit` items after the id `after` (`''` for the beginning). */
  page(ownIds: readonly string[], after: string, limit: number): ItemPage {
    const ids = new Set(ownIds);
    for (const [itemId, stored] of this.#written) {
      if (stored === 'deleted') ids.delete(itemId);
      else ids.add(itemId);
    }
    const following = [...ids].filter((itemId) => itemId > after).sort();
    const own = new Set(ownIds);
    const items = following.slice(0, limit).flatMap((itemId) => this.get(itemId, (id) => own.has(id)) ?? []);
    return { items, nextAfter: following.length > limit ? items.at(-1)?.itemId : undefined };
  }
}

/** How an item that only the model knows is shown. */
function ownItem(itemId: string): Item {
  return { itemId, domain: '', source: { $case: 'known', value: {} }, attributes: {} };
}
