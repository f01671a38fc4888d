import type { Random } from './random.js';

/** Draws indices with given probabilities in constant time. */
export interface AliasTable {
  /** Number of entries. */
  readonly size: number;
  /** An index with probability proportional to its weight. */
  sample(random: Random): number;
}

/**
 * Walker's alias table in Vose's construction ("A linear algorithm for generating random numbers with a given
 * distribution", 1991). Sums and work lists go in index order, so the table is a function of the weights alone.
 *
 * @param weights finite and not negative, at least one positive
 */
export function createAliasTable(weights: ArrayLike<number>): AliasTable {
  const size = weights.length;
  const total = checkedTotal(weights);
  const keep = new Float64Array(size);
  const alias = new Uint32Array(size);
  const small: number[] = [];
  const large: number[] = [];
  for (let index = 0; index < size; index++) {
    keep[index] = (weights[index]! / total) * size;
    (keep[index]! < 1 ? small : large).push(index);
  }
  while (small.length > 0 && large.length > 0) {
    const poor = small.pop()!;
    const rich = large[large.length - 1]!;
    alias[poor] = rich;
    keep[rich] = keep[rich]! + keep[poor]! - 1;
    if (keep[rich]! < 1) {
      large.pop();
      small.push(rich);
    }
  }
  // What is left differs from 1 by rounding only.
  for (const index of [...small, ...large]) {
    keep[index] = weights[index]! > 0 ? 1 : 0;
    alias[index] = firstPositive(weights);
  }
  return {
    size,
    sample(random) {
      const index = random.below(size);
      return random.float() < keep[index]! ? index : alias[index]!;
    },
  };
}

function checkedTotal(weights: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < weights.length; index++) {
    const weight = weights[index]!;
    if (!(weight >= 0) || weight === Number.POSITIVE_INFINITY) {
      throw new RangeError(`weight ${index} is ${weight}: weights are finite and not negative`);
    }
    total += weight;
  }
  if (!(total > 0) || total === Number.POSITIVE_INFINITY) {
    throw new RangeError('at least one weight has to be positive, and their sum finite');
  }
  return total;
}

function firstPositive(weights: ArrayLike<number>): number {
  let index = 0;
  while (!(weights[index]! > 0)) index++;
  return index;
}
