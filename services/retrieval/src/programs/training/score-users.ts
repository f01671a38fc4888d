import { matMul, scoped, tensor } from '@isthmus/kernels';
import type { EncodedUser, RetrievalNetwork, UserInput } from '../../model/retrieval-network.js';

/** How users are searched for. */
export interface ScoreSettings {
  readonly interests: number;
  readonly posteriorWeights: readonly number[];
}

/** Users that are encoded and scored together. */
const chunk = 64;

/**
 * Scores all items for each user as serving does, by the largest of `<u_m, g> - log Z_m + weight * log p_m` over the user's
 * interests, many users in one product.
 *
 * @param take is given the scores `[items]` of a user for each weight in turn, in an array that is written over afterwards
 */
export function bestScores(
  network: RetrievalNetwork,
  dim: number,
  users: readonly UserInput[],
  { interests, posteriorWeights }: ScoreSettings,
  take: (scores: Float64Array, user: number, weight: number) => void,
): void {
  const items = network.itemVectors.length / dim;
  const best = new Float64Array(items);
  for (let start = 0; start < users.length; start += chunk) {
    const encoded = network.encode(users.slice(start, start + chunk), { interests });
    const scores = scoreAll(encoded, network.itemVectors, dim);
    let offset = 0;
    encoded.forEach(({ interests: found, logNormalisers }, i) => {
      const own = scores.subarray(offset, offset + found.length * items);
      offset += own.length;
      posteriorWeights.forEach((weight, w) => {
        const shifts = found.map(({ logProbability }, k) => weight * logProbability - logNormalisers[k]!);
        takeBest(own, shifts, best);
        take(best, start + i, w);
      });
    });
  }
}

function scoreAll(encoded: readonly EncodedUser[], itemVectors: Float32Array, dim: number): Float32Array {
  const total = encoded.reduce((sum, { queries }) => sum + queries.length, 0);
  const queries = new Float32Array(total);
  let offset = 0;
  for (const user of encoded) {
    queries.set(user.queries, offset);
    offset += user.queries.length;
  }
  return scoped(() => {
    const table = tensor(itemVectors, [itemVectors.length / dim, dim]);
    return matMul(tensor(queries, [total / dim, dim]), table, false, true).dataSync<'float32'>();
  });
}

/** Largest score of each item over the interests. */
function takeBest(scores: Float32Array, shifts: readonly number[], best: Float64Array): void {
  const items = best.length;
  for (let k = 0; k < shifts.length; k++) {
    const shift = shifts[k]!;
    const offset = k * items;
    if (k === 0) for (let row = 0; row < items; row++) best[row] = scores[row]! + shift;
    else {
      for (let row = 0; row < items; row++) {
        const score = scores[offset + row]! + shift;
        if (score > best[row]!) best[row] = score;
      }
    }
  }
}
