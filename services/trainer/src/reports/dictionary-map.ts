import { type CatalogueItem, perplexity } from '@isthmus/learning';
import type { ItemCodes } from './item-codes.js';
import type { DictionaryLevel, DictionaryMap, MappedCode, NamedItem } from './retrieval-report-data.js';

/** Items that stand for a code. */
const examplesOfCode = 5;

/**
 * What the codes of a dictionary hold.
 * @param events events of each item, by item index
 */
export function mapDictionary(
  codes: ItemCodes,
  itemAt: (item: number) => CatalogueItem,
  events: ArrayLike<number>,
): DictionaryMap {
  const { counts, items } = codes;
  const members = Array.from({ length: counts[0]! }, () => [] as number[]);
  const tuples = new Set<string>();
  for (const item of items) {
    members[codes.codeOf(item, 0)!]!.push(item);
    tuples.add(codes.nameOf(item));
  }
  return {
    items: items.length,
    levels: counts.map((_, level) => levelOf(codes, level)),
    codes: members
      .map((own, code) => mappedCode(code, own, itemAt, events))
      .filter((code) => code.items > 0)
      .sort((a, b) => b.items - a.items || a.code - b.code),
    tuples: counts.reduce((product, count) => product * count, 1),
    ownedTuples: tuples.size,
  };
}

/** An item by its name. */
export function namedItem({ itemId, category }: CatalogueItem): NamedItem {
  return { itemId, category };
}

function levelOf({ counts, codes }: ItemCodes, level: number): DictionaryLevel {
  const occupancy = new Array<number>(counts[level]!).fill(0);
  for (let at = level; at < codes.length; at += counts.length) occupancy[codes[at]!]!++;
  return {
    codes: occupancy.length,
    occupancy,
    perplexity: perplexity(occupancy),
    dead: occupancy.filter((count) => count === 0).length,
  };
}

function mappedCode(
  code: number,
  members: readonly number[],
  itemAt: (item: number) => CatalogueItem,
  events: ArrayLike<number>,
): MappedCode {
  const byCategory = new Map<string, number>();
  for (const item of members) {
    const { category } = itemAt(item);
    if (category !== '') byCategory.set(category, (byCategory.get(category) ?? 0) + 1);
  }
  const [category, count] = [...byCategory].sort((a, b) => b[1] - a[1])[0] ?? ['', 0];
  return {
    code,
    items: members.length,
    category,
    categoryShare: members.length === 0 ? 0 : count / members.length,
    examples: members
      .toSorted((a, b) => events[b]! - events[a]! || a - b)
      .slice(0, examplesOfCode)
      .map((item) => namedItem(itemAt(item))),
  };
}
