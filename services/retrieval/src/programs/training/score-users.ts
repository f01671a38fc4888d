import type { EncodedUser, ScoreParts, UserInput } from '../../model/encoded-user.js';
import type { RetrievalNetwork } from '../../model/retrieval-network.js';

/** Weights of the parts of a score, see `ScoreParts`; a model without a dictionary has no such parts. */
export interface ScoreWeights {
  readonly posteriorWeight: number;
  readonly interestShare: number;
}

/** How users are searched for. */
export interface ScoreSettings {
  readonly interests: number;
  readonly weights: readonly ScoreWeights[];
}

/** Users that are encoded and scored together. */
const chunk = 64;

/**
 * Scores all items for each user as serving does, many users in one product: with a dictionary by the parts of the score, otherwise
 * by the largest `<u_k, g>` over the user's vectors.
 *
 * @param take is given the scores `[items]` of a user for each choice of weights in turn, in an array that is written over afterwards
 */
export function bestScores(
  network: RetrievalNetwork,
  users: readonly UserInput[],
  settings: ScoreSettings,
  take: (scores: Float64Array, user: number, choice: number) => void,
): void {
  const items = network.itemVectors.length / network.vectorLength;
  const scores = new Float64Array(items);
  for (let start = 0; start < users.length; start += chunk) {
    const part = users.slice(start, start + chunk);
    if (network.hasDictionary) {
      network.scoreParts(part, { interests: settings.interests }).forEach((parts, i) => {
        settings.weights.forEach((weights, choice) => {
          joinParts(parts, weights, scores);
          take(scores, start + i, choice);
        });
      });
      continue;
    }
    const encoded = network.encode(part, { interests: settings.interests });
    const products = scoreAll(network, encoded);
    let offset = 0;
    encoded.forEach(({ interests }, i) => {
      const own = products.subarray(offset, offset + interests.length * items);
      offset += own.length;
      settings.weights.forEach((_, choice) => {
        takeBest(own, interests.length, scores);
        take(scores, start + i, choice);
      });
    });
  }
}

function joinParts(
  { user, inside, logProbability }: ScoreParts,
  { posteriorWeight, interestShare }: ScoreWeights,
  scores: Float64Array,
): void {
  for (let row = 0; row < scores.length; row++)
    scores[row] = user[row]! + interestShare * inside[row]! + posteriorWeight * logProbability[row]!;
}

/** Products of all queries of all users with all items, one user's after the other's. */
function scoreAll(network: RetrievalNetwork, encoded: readonly EncodedUser[]): Float32Array {
  const queries = new Float32Array(encoded.reduce((sum, one) => sum + one.queries.length, 0));
  let offset = 0;
  for (const user of encoded) {
    queries.set(user.queries, offset);
    offset += user.queries.length;
  }
  return network.products(queries);
}

/** Largest score of each item over the vectors of a user. */
function takeBest(products: Float32Array, vectors: number, best: Float64Array): void {
  const items = best.length;
  for (let row = 0; row < items; row++) best[row] = products[row]!;
  for (let k = 1; k < vectors; k++) {
    const offset = k * items;
    for (let row = 0; row < items; row++) {
      const score = products[offset + row]!;
      if (score > best[row]!) best[row] = score;
    }
  }
}
