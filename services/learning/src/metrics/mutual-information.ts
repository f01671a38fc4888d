import { log } from '../arithmetic/log.js';

/**
 * Normalised mutual information of two labellings of the same things, 0 to 1: I(A; B) over the mean of H(A) and H(B).
 * 1 where one is a renaming of the other; two labellings with one label each count as equal.
 */
export function normalisedMutualInformation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} labels against ${b.length}`);
  const countsA = countLabels(a.length, (index) => a[index]!);
  const countsB = countLabels(b.length, (index) => b[index]!);
  const joint = countLabels(a.length, (index) => `${a[index]} ${b[index]}`);
  const entropyA = entropy(countsA, a.length);
  const entropyB = entropy(countsB, a.length);
  const mean = (entropyA + entropyB) / 2;
  if (mean === 0) return 1;
  const shared = entropyA + entropyB - entropy(joint, a.length);
  return Math.min(1, Math.max(0, shared / mean));
}

function countLabels<T>(size: number, labelOf: (index: number) => T): ReadonlyMap<T, number> {
  const counts = new Map<T, number>();
  for (let index = 0; index < size; index++) {
    const label = labelOf(index);
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return counts;
}

function entropy<T>(counts: ReadonlyMap<T, number>, total: number): number {
  let sum = 0;
  for (const count of counts.values()) sum -= (count / total) * log(count / total);
  return sum;
}
