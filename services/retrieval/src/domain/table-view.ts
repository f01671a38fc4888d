import { decodeFloats } from '@isthmus/learning';
import type { CatalogueView, StoredItem } from './catalogue.js';
import { type ItemSpace, itemProblem } from './catalogue-rules.js';
import type { ItemTable } from './item-table.js';

/**
 * Applies catalogue writes to the item table of one model version. A write was checked against the version that was
 * stable when it came; this version may know less. What it cannot place is left out of its table and counted.
 */
export class TableView implements CatalogueView {
  readonly #table: ItemTable;
  readonly #space: ItemSpace;
  readonly #version: string;
  readonly #ownVector: (itemId: string) => Float32Array | undefined;
  readonly #unplaced = new Set<string>();

  constructor(
    table: ItemTable,
    space: ItemSpace,
    version: string,
    ownVector: (itemId: string) => Float32Array | undefined,
  ) {
    this.#table = table;
    this.#space = space;
    this.#version = version;
    this.#ownVector = ownVector;
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
        return modelVersion === this.#version ? decodeFloats(item.source.value.values) : undefined;
      case 'features':
        return this.#space.encode(item.source.value);
      default:
        return this.#ownVector(item.itemId);
    }
  }
}
