import { dotRows, type ItemFeatures } from './item-features.js';

/** Parameters of the scorer. `featureDim` is dim + contentDim + 1, the last feature being the constant 1. */
export interface ScorerParameters {
  /** Rank of the bilinear form. */
  readonly rank: number;
  /** Projection of source items, `[rank, featureDim]`. */
  readonly source: Float32Array;
  /** Projection of target items, `[rank, featureDim]`. */
  readonly target: Float32Array;
  /** Projection of the user, the mean direction of the source events, `[rank, dim]`. */
  readonly user: Float32Array;
  /** How ready an item is to cause anything, `[items]`. */
  readonly potency: Float32Array;
  /** Bias by recency class, see {@link recencyClass}, `[recencyClasses]`. */
  readonly recency: Float32Array;
  /** Weight of the graph's cosine, weight of the content's cosine, bias. */
  readonly similarity: Float32Array;
}

/** A user's source events, oldest first, and what the scorer makes of them: nothing depends on the target. */
export interface ScoredSource {
  /** Item of each event. */
  readonly items: Uint32Array;
  /** Mean direction of the events, `[dim]`. */
  readonly mean: Float64Array;
  /** Projection of each event plus the user's, `[events, rank]`. */
  readonly projected: Float64Array;
  /** Potency, recency and bias of each event, `[events]`. */
  readonly offsets: Float64Array;
}

/** Recency classes of source events, by the number of later ones: 0, 1, 2-3, 4-7, 8-15, 16-31, 32 and more. */
export const recencyClasses = 7;

/** Recency class of an event that `later` source events follow. */
export function recencyClass(later: number): number {
  return Math.min(recencyClasses - 1, 32 - Math.clz32(later));
}

/**
 * The source half of the causal score. The score of a source event j for a target item i is
 *
 *   f = (q_j + g) . k_i / sqrt(rank) + potency_j + recency_j + w_graph cos(j, i) + w_content cos'(j, i) + bias,
 *
 * with q_j, k_i and g linear in the features of the event's item, the target item and the user: so one pass over the
 * events and one over the targets is all that is needed before the inner products.
 */
export function scoreSource(
  parameters: ScorerParameters,
  features: ItemFeatures,
  items: Uint32Array,
): ScoredSource {
  const { rank } = parameters;
  const { dim } = features;
  const events = items.length;
  const mean = new Float64Array(dim);
  for (let event = 0; event < events; event++) {
    const start = items[event]! * dim;
    for (let i = 0; i < dim; i++) mean[i] = mean[i]! + features.directions[start + i]!;
  }
  if (events > 0) for (let i = 0; i < dim; i++) mean[i] = mean[i]! / events;

  const projected = new Float64Array(events * rank);
  const offsets = new Float64Array(events);
  const user = new Float64Array(rank);
  for (let r = 0; r < rank; r++) user[r] = dotRows(parameters.user, r * dim, mean, 0, dim);
  for (let event = 0; event < events; event++) {
    projectFeatures(parameters.source, rank, features, items[event]!, projected, event * rank);
    for (let r = 0; r < rank; r++) projected[event * rank + r] = projected[event * rank + r]! + user[r]!;
    offsets[event] =
      parameters.potency[items[event]!]! +
      parameters.recency[recencyClass(events - 1 - event)]! +
      parameters.similarity[2]!;
  }
  return { items, mean, projected, offsets };
}

/** The target half of the score: the projection of each given row, `[rows.length, rank]`. */
export function scoreTargets(
  parameters: ScorerParameters,
  features: ItemFeatures,
  rows: ArrayLike<number>,
): Float64Array {
  const { rank } = parameters;
  const projected = new Float64Array(rows.length * rank);
  for (let at = 0; at < rows.length; at++) {
    projectFeatures(parameters.target, rank, features, rows[at]!, projected, at * rank);
  }
  return projected;
}

/**
 * Scores of every source event for one target.
 *
 * @param targetFeatures table that the target's row is in @param row its row there
 * @param projection the target's projection is `projection[start .. start + rank]`
 * @param out receives the scores, `[events]`
 */
export function causalScores(
  parameters: ScorerParameters,
  features: ItemFeatures,
  source: ScoredSource,
  targetFeatures: ItemFeatures,
  row: number,
  projection: Float64Array,
  start: number,
  out: Float64Array,
): void {
  const { rank, similarity } = parameters;
  const { dim, contentDim } = features;
  const scale = 1 / Math.sqrt(rank);
  for (let event = 0; event < source.items.length; event++) {
    const item = source.items[event]!;
    let score = source.offsets[event]!;
    score += scale * dotRows(source.projected, event * rank, projection, start, rank);
    score +=
      similarity[0]! * dotRows(features.directions, item * dim, targetFeatures.directions, row * dim, dim);
    if (contentDim > 0) {
      score +=
        similarity[1]! *
        dotRows(features.content, item * contentDim, targetFeatures.content, row * contentDim, contentDim);
    }
    out[event] = score;
  }
}

/** out[start + r] = sum over the features of the row, the constant 1 last. */
function projectFeatures(
  matrix: Float32Array,
  rank: number,
  features: ItemFeatures,
  row: number,
  out: Float64Array,
  start: number,
): void {
  const { dim, contentDim } = features;
  const width = dim + contentDim + 1;
  for (let r = 0; r < rank; r++) {
    const offset = r * width;
    out[start + r] =
      dotRows(matrix, offset, features.directions, row * dim, dim) +
      dotRows(matrix, offset + dim, features.content, row * contentDim, contentDim) +
      matrix[offset + dim + contentDim]!;
  }
}
