import type { CatalogueItem } from '@isthmus/learning';

/** What the content encoder reads of an item. */
export interface ContentFeatures {
  /** Bucket of each token; the category, where it is known, comes first. */
  readonly buckets: Uint32Array;
  /** Whether the first bucket is the category. */
  readonly hasCategory: boolean;
  /** Numeric features, squashed into -1 to 1. */
  readonly numbers: Float64Array;
}

/** Hashes an item's category and tokens into buckets, so that no vocabulary has to be kept. */
export function contentFeatures(item: CatalogueItem, buckets: number): ContentFeatures {
  const hasCategory = item.category !== '';
  const texts = hasCategory ? [`c:${item.category}`, ...words(item)] : words(item);
  return {
    buckets: Uint32Array.from(texts, (text) => hashText(text) % buckets),
    hasCategory,
    numbers: Float64Array.from(item.numbers, (value) => value / (1 + Math.abs(value))),
  };
}

/** Whether an item says anything of itself. */
export function hasContent(item: CatalogueItem): boolean {
  return item.category !== '' || item.tokens.length > 0 || item.numbers.length > 0;
}

/** FNV-1a over the UTF-16 code units, 32 bits. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  return hash >>> 0;
}

function words(item: CatalogueItem): string[] {
  return item.tokens.map((token) => `t:${token}`);
}
