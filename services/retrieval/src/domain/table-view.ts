import { decodeFloats } from '@isthmus/learning';
import type { CatalogueView, StoredItem } from './catalogue.js';
import { type ItemSpace, itemProblem } from './catalogue-rules.js';
import type { ItemTable } from './item-table.js';

/** What items are searched by, `[vectorLength]`. */
export interface SearchedVectors {
  /** A known item; undefined for an id that the model does not know. */
  known(itemId: string): Float32Array | undefined;
  /** An item with a vector of the model's space, `[dim]`. */
  given(vector: Float32Array): Float32Array;
}

/**
 * Applies catalogue writes to the item table of one model version. A write was checked against the version that was
 * stable when it came; this version may know less. What it cannot place is left out of its table and counted.
 */
export class TableView implements CatalogueView {
  readonly #table: ItemTable;
  readonly #space: ItemSpace;
  readonly #version: string;
  readonly #searched: SearchedVectors;
  readonly #unplaced = new Set<string>();

  constructor(table: ItemTable, space: ItemSpace, version: string, searched: SearchedVectors) {
    this.#table = table;
    this.#space = space;
    this.#version = version;
    this.#searched = searched;
  }

  /** Items of the catalogue that this version cannot search. */
  get unplaced(): number {
    return this.#unplaced.size;
  }

  upsert(stored: StoredItem): void {
    const { itemId } = stored.item;
    const vector = this.#vectorOf(stored);
    if (vector === undefined) {
      this.#unplaced.add(itemId);
      this.#table.remove(itemId);
      return;
    }
    this.#unplaced.delete(itemId);
    this.#table.upsert(itemId, vector);
  }

  remove(itemId: string): void {
    this.#unplaced.delete(itemId);
    this.#table.remove(itemId);
  }

  #vectorOf({ item, modelVersion }: StoredItem): Float32Array | undefined {
    if (itemProblem(item, this.#space) !== undefined) return undefined;
    switch (item.source?.$case) {
      case 'vector':
        return modelVersion === this.#version
          ? this.#searched.given(decodeFloats(item.source.value.values))
          : undefined;
      case 'features': {
        const vector = this.#space.encode(item.source.value);
        return vector && this.#searched.given(vector);
      }
      default:
        return this.#searched.known(item.itemId);
    }
  }
}
