import type { Catalogue, CatalogueItem } from '../interactions/interaction-data.js';
import { fileError } from './data-problems.js';
import type { DomainNumbers } from './domain-numbers.js';
import type { FileLimits } from './table.js';

/** What files say of an item, without its domain. */
export interface ItemContent {
  readonly itemId: string;
  readonly category: string;
  readonly tokens: readonly string[];
  readonly numbers: readonly number[];
}

/** Gathers the items of a data set under (domain, item id). */
export class CatalogueBuilder {
  readonly domains: DomainNumbers;
  readonly #limits: FileLimits;
  readonly #items: CatalogueItem[] = [];
  readonly #indices: Map<string, number>[] = [];
  /** Items of files whose ids hold for all domains, those of domains that are not kept included. */
  readonly #shared = new Map<string, ItemContent>();
  #copies = 0;

  constructor(domains: DomainNumbers, limits: FileLimits) {
    this.domains = domains;
    this.#limits = limits;
  }

  /** Index of an item, or undefined. */
  find(domain: number, itemId: string): number | undefined {
    return this.#indices[domain]?.get(itemId);
  }

  /** Adds an item that {@link find} does not know and returns its index. */
  add(file: string, domain: number, content: ItemContent): number {
    const index = this.#items.length;
    if (index >= this.#limits.maximumItems) {
      throw fileError(file, `has more than ${this.#limits.maximumItems} items`);
    }
    const { itemId, category, tokens, numbers } = content;
    this.#items.push({ itemId, domain, category, tokens, numbers: Float32Array.from(numbers) });
    this.#indices[domain] ??= new Map();
    this.#indices[domain].set(itemId, index);
    return index;
  }

  /** Remembers an item whose id means the same in every domain. */
  share(content: ItemContent): void {
    if (!this.#shared.has(content.itemId)) this.#shared.set(content.itemId, content);
  }

  /**
   * An item that is listed in one domain and taken in another stands in both, with the same content.
   * @returns its index in `domain`, or undefined where no item file knows the id
   */
  addFromOtherDomain(file: string, domain: number, itemId: string): number | undefined {
    const content = this.#shared.get(itemId);
    if (content === undefined) return undefined;
    this.#copies++;
    return this.add(file, domain, content);
  }

  /** Items that were added by {@link addFromOtherDomain}. */
  get copies(): number {
    return this.#copies;
  }

  build(): Catalogue {
    return { domains: this.domains.names, items: this.#items };
  }
}
