import { matMul, scoped, tensor } from '@isthmus/kernels';
import type { EncodedUser, RetrievalNetwork, UserInput } from '../../model/retrieval-network.js';
import type { BatchSource } from './training-batch.js';
import { targetEvents } from './training-data.js';

/** A user of the validation part: what is known, and the item that comes next. */
export interface ValidationCase {
  readonly user: UserInput;
  /** Catalogue row. */
  readonly target: number;
  /** Rows that are not ranked. */
  readonly excluded: readonly number[];
}

/**
 * Reads the validation part: the last target event of each user is what should be found. Where there is a representation, each
 * user comes a second time without history, as the newcomers come whom it is there for.
 */
export function readValidation(source: BatchSource): ValidationCase[] {
  const known = Array.from(source.validation, (record) => {
    const { rows, timestampsMs } = targetEvents(source.data, source.rowOf, record);
    const history = Array.from(rows.subarray(0, rows.length - 1));
    const target = rows[rows.length - 1]!;
    const excluded = [...new Set(history)].filter((row) => row !== target);
    return { user: { history, cross: crossOf(source, record, timestampsMs.at(-1)!) }, target, excluded };
  });
  if (source.cross === undefined) return known;
  return [...known, ...known.map((one) => ({ ...one, user: { history: [], cross: one.user.cross } }))];
}

/** How a list of scores is cut. */
export interface RankSettings {
  readonly interests: number;
  readonly posteriorWeights: readonly number[];
}

/** Users that are encoded and scored together. */
const chunk = 64;

/**
 * Rank of the target of each case among all items, from 0, as serving would rank it: by the largest of
 * `<u_m, g> - log Z_m + weight * log p_m` over the user's interests. One list of ranks for each posterior weight.
 */
export function targetRanks(
  network: RetrievalNetwork,
  dim: number,
  cases: readonly ValidationCase[],
  settings: RankSettings,
): Float64Array[] {
  const ranks = settings.posteriorWeights.map(() => new Float64Array(cases.length));
  const items = network.itemVectors.length / dim;
  for (let start = 0; start < cases.length; start += chunk) {
    const part = cases.slice(start, start + chunk);
    const encoded = network.encode(
      part.map(({ user }) => user),
      { interests: settings.interests },
    );
    const scores = scoreAll(encoded, network.itemVectors, dim);
    let offset = 0;
    part.forEach((one, i) => {
      const { interests, logNormalisers } = encoded[i]!;
      const own = scores.subarray(offset, offset + interests.length * items);
      offset += interests.length * items;
      settings.posteriorWeights.forEach((weight, w) => {
        const shifts = interests.map(({ logProbability }, k) => weight * logProbability - logNormalisers[k]!);
        ranks[w]![start + i] = rankOf(own, items, shifts, one);
      });
    });
  }
  return ranks;
}

/** Share of ranks below k. */
export function recallAt(ranks: Float64Array, k: number): number {
  return ranks.length === 0 ? 0 : ranks.reduce((hits, rank) => hits + (rank < k ? 1 : 0), 0) / ranks.length;
}

/**
 * Mean of `1 / (1 + (rank / k)^2)`: a recall whose edge is soft, an item at rank k counting one half. Of a few hundred users it
 * tells models apart that recall at k cannot, since there one place decides over a whole user.
 */
export function smoothRecall(ranks: Float64Array, k: number): number {
  return ranks.length === 0
    ? 0
    : ranks.reduce((sum, rank) => sum + 1 / (1 + (rank / k) ** 2), 0) / ranks.length;
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

function rankOf(scores: Float32Array, items: number, shifts: readonly number[], one: ValidationCase): number {
  const scoreOf = (row: number): number => {
    let best = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < shifts.length; k++) {
      const score = scores[k * items + row]! + shifts[k]!;
      if (score > best) best = score;
    }
    return best;
  };
  const target = scoreOf(one.target);
  const precedes = (row: number): boolean => {
    const score = scoreOf(row);
    return score > target || (score === target && row < one.target);
  };
  let rank = 0;
  for (let row = 0; row < items; row++) if (precedes(row)) rank++;
  for (const row of one.excluded) if (precedes(row)) rank--;
  return rank;
}

function crossOf(source: BatchSource, record: number, timeMs: number): UserInput['cross'] {
  if (source.cross === undefined) return undefined;
  const vector = new Float32Array(source.cross.dim);
  const gates = new Float32Array(1);
  source.cross.read(record, timeMs, 0, vector, gates);
  return { vector, gate: gates[0]! };
}
