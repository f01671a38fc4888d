import { exp, log } from '@isthmus/learning';
import { codeCounts, type InterestDictionary } from './interest-dictionary.js';
import { squaredDistance } from './nearest-code.js';

/** Use of one level's codes. */
export interface LevelHealth {
  readonly codes: number;
  /** Items of each code: ready for a histogram. */
  readonly occupancy: readonly number[];
  /** `exp(H(use))`, 1 to `codes`. */
  readonly perplexity: number;
  /** Perplexity over codes. */
  readonly perplexityShare: number;
  /** Codes without items. */
  readonly dead: number;
  /** Items of a code: mean, 99th percentile, most. */
  readonly meanOccupancy: number;
  readonly p99Occupancy: number;
  readonly maxOccupancy: number;
}

/** How well a dictionary is used. */
export interface DictionaryHealth {
  readonly items: number;
  /** Coarse to fine. */
  readonly levels: readonly LevelHealth[];
  /** Tuples that there are, and those that own an item. */
  readonly tuples: number;
  readonly ownedTuples: number;
  /** Collisions, the items of an owned tuple: mean, 99th percentile, most. */
  readonly meanItemsPerTuple: number;
  readonly p99ItemsPerTuple: number;
  readonly maxItemsPerTuple: number;
  /** Histogram of the tuples: entry b counts those that own 2^b to 2^(b+1) - 1 items. */
  readonly tuplesByItems: readonly number[];
  /** Share of the items whose tuple changed in the latest refresh. */
  readonly churn: number;
  /** Smallest distance between two codes of one level: two interests' embeddings differ by at least that. */
  readonly codeDistance: number;
}

/**
 * Health of a dictionary and its assignment table.
 *
 * @param codes tuples of the items, `[items, levels]`
 */
export function dictionaryHealth(
  dictionary: InterestDictionary,
  codes: ArrayLike<number>,
  churn = 0,
): DictionaryHealth {
  const counts = codeCounts(dictionary);
  const levels = counts.length;
  const items = levels === 0 ? 0 : codes.length / levels;
  const occupancies = counts.map((count) => new Uint32Array(count));
  const owners = new Map<number, number>();
  for (let item = 0; item < items; item++) {
    let tuple = 0;
    for (let level = 0; level < levels; level++) {
      const code = codes[item * levels + level]!;
      occupancies[level]![code]!++;
      tuple = tuple * counts[level]! + code;
    }
    owners.set(tuple, (owners.get(tuple) ?? 0) + 1);
  }
  const owned = Uint32Array.from(owners.values()).sort();
  const tuplesByItems: number[] = [];
  for (const count of owned) {
    const bin = 31 - Math.clz32(count);
    while (tuplesByItems.length <= bin) tuplesByItems.push(0);
    tuplesByItems[bin]!++;
  }
  return {
    items,
    levels: occupancies.map(levelHealth),
    tuples: counts.reduce((product, count) => product * count, 1),
    ownedTuples: owned.length,
    meanItemsPerTuple: owned.length === 0 ? 0 : items / owned.length,
    p99ItemsPerTuple: percentile99(owned),
    maxItemsPerTuple: owned.at(-1) ?? 0,
    tuplesByItems,
    churn,
    codeDistance: smallestDistance(dictionary),
  };
}

/** `exp` of the entropy of how often things are used; 0 where nothing is. */
export function perplexityOf(counts: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i]!;
  if (total === 0) return 0;
  let entropy = 0;
  for (let i = 0; i < counts.length; i++) {
    if (counts[i]! > 0) entropy -= (counts[i]! / total) * log(counts[i]! / total);
  }
  return exp(entropy);
}

/** Over all levels; of a tree between the codes of one cell. 0 without codes. */
function smallestDistance(dictionary: InterestDictionary): number {
  const { dim, codebooks } = dictionary;
  const counts = codeCounts(dictionary);
  let smallest = Number.POSITIVE_INFINITY;
  codebooks.forEach((codebook, level) => {
    const cell = counts[level]!;
    for (let a = 0; a * dim < codebook.length; a++) {
      const end = a - (a % cell) + cell;
      for (let b = a + 1; b < end; b++)
        smallest = Math.min(smallest, squaredDistance(codebook, a, codebook, b, dim));
    }
  });
  return Number.isFinite(smallest) ? Math.sqrt(smallest) : 0;
}

function levelHealth(occupancy: Uint32Array): LevelHealth {
  const codes = occupancy.length;
  const sorted = occupancy.slice().sort();
  const perplexity = perplexityOf(occupancy);
  return {
    codes,
    occupancy: Array.from(occupancy),
    perplexity,
    perplexityShare: perplexity / codes,
    dead: occupancy.filter((count) => count === 0).length,
    meanOccupancy: occupancy.reduce((a, b) => a + b, 0) / codes,
    p99Occupancy: percentile99(sorted),
    maxOccupancy: sorted.at(-1) ?? 0,
  };
}

/** The smallest value that at least 99 of 100 do not exceed. */
function percentile99(ascending: Uint32Array): number {
  return ascending.length === 0 ? 0 : ascending[Math.ceil(0.99 * ascending.length) - 1]!;
}
