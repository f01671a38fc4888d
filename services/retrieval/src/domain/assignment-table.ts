import { type InterestDictionary, residuals, rowsOfLevel } from './interest-dictionary.js';

/** An assignment of all items after a refresh. */
export interface Refresh {
  /** Tuples, `[items, levels]`. */
  readonly codes: Uint32Array;
  /** Share of the items that were known before and whose tuple changed. */
  readonly churn: number;
  /** Items that would have changed and keep their tuple. */
  readonly held: number;
}

/**
 * Bounds the churn of a refresh: where more than `maxChurn` of the items would change their tuples, those that gain least by it keep
 * what they have. A gain is by how much the new tuple is cheaper, without bound for a first code that owned nothing; of equal gains the
 * lower item changes.
 *
 * @param old tuples before, `[known items, levels]`; items after those are new and take what they are given
 * @param fresh tuples as the dictionary assigns them now, `[items, levels]`
 * @param vectors what was quantised, `[items, dim]`
 */
export function boundChurn(
  dictionary: InterestDictionary,
  old: Uint32Array,
  fresh: Uint32Array,
  vectors: Float32Array,
  maxChurn: number,
): Refresh {
  const levels = dictionary.codebooks.length;
  const known = old.length / levels;
  const changed: number[] = [];
  for (let item = 0; item < known; item++) if (differs(old, fresh, item, levels)) changed.push(item);
  const allowed = Math.floor(maxChurn * known);
  const codes = fresh.slice();
  const kept =
    changed.length > allowed ? leastGaining(dictionary, old, fresh, vectors, changed, allowed) : [];
  for (const item of kept) codes.set(old.subarray(item * levels, (item + 1) * levels), item * levels);
  return { codes, churn: known === 0 ? 0 : (changed.length - kept.length) / known, held: kept.length };
}

/**
 * What tuples cost their items, `[items]`: the squared length of what the tuple leaves of the vector, and the penalties of its codes.
 */
export function tupleCosts(
  dictionary: InterestDictionary,
  codes: Uint32Array,
  vectors: Float32Array,
): Float64Array {
  const { dim, codebooks, penalties } = dictionary;
  const rest = residuals(dictionary, vectors, codes, codebooks.length);
  const costs = new Float64Array(rest.length / dim);
  rest.forEach((value, i) => {
    costs[Math.floor(i / dim)]! += value * value;
  });
  penalties?.forEach((ofLevel, level) => {
    rowsOfLevel(dictionary, codes, level).forEach((code, item) => {
      costs[item]! += ofLevel[code]!;
    });
  });
  return costs;
}

function leastGaining(
  dictionary: InterestDictionary,
  old: Uint32Array,
  fresh: Uint32Array,
  vectors: Float32Array,
  changed: readonly number[],
  allowed: number,
): number[] {
  const before = tupleCosts(
    dictionary,
    old,
    vectors.subarray(0, (old.length / dictionary.codebooks.length) * dictionary.dim),
  );
  const after = tupleCosts(dictionary, fresh, vectors);
  const levels = dictionary.codebooks.length;
  const used = new Set(old.filter((_, i) => i % levels === 0));
  const gain = (item: number): number =>
    used.has(fresh[item * levels]!) ? before[item]! - after[item]! : Number.MAX_VALUE;
  return [...changed].sort((a, b) => gain(b) - gain(a) || a - b).slice(allowed);
}

function differs(a: Uint32Array, b: Uint32Array, item: number, levels: number): boolean {
  for (let i = item * levels; i < (item + 1) * levels; i++) if (a[i] !== b[i]) return true;
  return false;
}
