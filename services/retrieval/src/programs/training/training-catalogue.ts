import { type CommittedInteractions, setTensor, type TrainingState, uint32Tensor } from '@isthmus/learning';

/** Ids and content of the catalogue's rows, as the state keeps them in `catalogue/text`. */
export interface CatalogueText {
  /** By row. */
  readonly itemIds: readonly string[];
  /** Names, and for each row its index there or -1. */
  readonly categories: readonly string[];
  readonly categoryOf: readonly number[];
  readonly tokens: readonly string[];
  readonly tokensOf: readonly (readonly number[])[];
}

/**
 * Writes the items to the state: those of the target domain in ascending order, and behind them, where histories hold events of
 * all domains, the others. The counter `catalogue/targets` says how many rows are of the target domain.
 *
 * @returns row of each item of the data set, -1 for an item without
 */
export function addCatalogue(
  state: TrainingState,
  data: CommittedInteractions,
  histories: 'target' | 'all',
): Int32Array {
  const items = Array.from({ length: data.items }, (_, index) => ({ index, ...data.item(index) }));
  const targets = items.filter(({ domain }) => domain === data.targetDomain);
  if (targets.length === 0) throw new Error(`the domain ${data.description.targetDomain} has no items`);
  const others = histories === 'all' ? items.filter(({ domain }) => domain !== data.targetDomain) : [];
  const rows = [...targets, ...others];
  const categories = new Numbering();
  const tokens = new Numbering();
  const categoryOf = rows.map(({ category }) => (category === '' ? -1 : categories.numberOf(category)));
  const tokensOf = rows.map((item) => item.tokens.map((token) => tokens.numberOf(token)));
  const text: CatalogueText = {
    itemIds: rows.map(({ itemId }) => itemId),
    categories: categories.names,
    categoryOf,
    tokens: tokens.names,
    tokensOf,
  };
  const bytes = new TextEncoder().encode(JSON.stringify(text));
  state.counters.set('catalogue/targets', targets.length);
  setTensor(
    state,
    'catalogue/items',
    [rows.length],
    Uint32Array.from(rows, ({ index }) => index),
  );
  setTensor(
    state,
    'catalogue/domains',
    [rows.length],
    Uint8Array.from(rows, ({ domain }) => domain),
  );
  setTensor(state, 'catalogue/text', [bytes.length], bytes);
  return rowsOfItems(uint32Tensor(state, 'catalogue/items'), data.items);
}

/** Row of each item of the data set, -1 for an item without. */
export function rowsOfItems(catalogueItems: Uint32Array, items: number): Int32Array {
  const rows = new Int32Array(items).fill(-1);
  catalogueItems.forEach((item, row) => {
    rows[item] = row;
  });
  return rows;
}

/** Ids and content of the catalogue. */
export function catalogueText(state: TrainingState): CatalogueText {
  const bytes = state.tensors.get('catalogue/text')!.data as Uint8Array;
  let text = texts.get(bytes);
  if (text === undefined) {
    text = JSON.parse(new TextDecoder().decode(bytes)) as CatalogueText;
    texts.set(bytes, text);
  }
  return text;
}

/** Texts are functions of the state's bytes, so they are kept by them. */
const texts = new WeakMap<Uint8Array, CatalogueText>();

/** Numbers for names, in the order in which they come. */
class Numbering {
  readonly #numbers = new Map<string, number>();

  get names(): string[] {
    return [...this.#numbers.keys()];
  }

  numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}
