import { exp, log } from '@isthmus/learning';
import { bestFirstTuples, type ScoredTuple } from '../domain/best-first-tuples.js';

/** Posterior over the tuples of a two-level dictionary for one user. */
export interface InterestPosterior {
  /** log P(m_1), `[codes_1]` */
  readonly first: Float64Array;
  /** log P(m_2 | m_1), `[codes_1, codes_2]` */
  readonly second: Float64Array;
}

/**
 * Posterior from logits: softmax of logits / temperature, in float64.
 *
 * @param first `[codes_1]`
 * @param second `[codes_1, codes_2]`
 */
export function interestPosterior(
  first: Float32Array,
  second: Float32Array,
  temperature: number,
): InterestPosterior {
  const width = second.length / first.length;
  const conditional = new Float64Array(second.length);
  for (let code = 0; code < first.length; code++) {
    const start = code * width;
    conditional.set(logSoftmax(second.subarray(start, start + width), temperature), start);
  }
  return { first: logSoftmax(first, temperature), second: conditional };
}

/**
 * The most probable interests that own items.
 *
 * @param owned `[codes_1 * codes_2]`, not 0 where a tuple owns an item
 * @param maxPerTopCode most interests that share their first code; 0 for no bound
 */
export function topInterests(
  posterior: InterestPosterior,
  owned: Uint8Array,
  k: number,
  maxPerTopCode = 0,
): ScoredTuple[] {
  const { first, second } = posterior;
  const width = second.length / first.length;
  const chain = {
    levels: 2,
    next(prefix: readonly number[]): Float64Array {
      if (prefix.length === 0) return first;
      const start = prefix[0]! * width;
      return second
        .slice(start, start + width)
        .map((value, code) => (owned[start + code] ? value : -Infinity));
    },
  };
  return bestFirstTuples(chain, k, maxPerTopCode);
}

/** Log of softmax(logits / temperature) in float64; at most 0. Log probabilities are logits, too. */
export function logSoftmax(logits: Float32Array | Float64Array, temperature: number): Float64Array {
  const scaled = Float64Array.from(logits, (logit) => logit / temperature);
  const top = scaled.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (const value of scaled) sum += exp(value - top);
  const shift = top + log(sum);
  return scaled.map((value) => Math.min(0, value - shift));
}
