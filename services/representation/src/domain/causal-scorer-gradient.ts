import { recencyClass, type ScoredSource, type ScorerParameters } from './causal-scorer.js';
import type { ItemFeatures } from './item-features.js';

/** Sums of derivatives over a batch; shapes as in {@link ScorerParameters}. */
export interface ScorerGradient {
  readonly source: Float64Array;
  readonly target: Float64Array;
  readonly user: Float64Array;
  readonly recency: Float64Array;
  readonly similarity: Float64Array;
  /** Items and derivatives of their potency, one entry for each event: rows may repeat. */
  readonly potencyItems: number[];
  readonly potencyValues: number[];
}

/** Zeros in the shapes of the parameters. */
export function emptyScorerGradient(parameters: ScorerParameters): ScorerGradient {
  return {
    source: new Float64Array(parameters.source.length),
    target: new Float64Array(parameters.target.length),
    user: new Float64Array(parameters.user.length),
    recency: new Float64Array(parameters.recency.length),
    similarity: new Float64Array(parameters.similarity.length),
    potencyItems: [],
    potencyValues: [],
  };
}

/**
 * Derivatives of the loss by the scorer's parameters from those by the scores of one user.
 *
 * @param rows rows of the targets in `targetFeatures` @param projections their projections, `[targets, rank]`
 * @param scoreGradient derivative by each score, `[targets, events]`
 */
export function addScorerGradient(
  parameters: ScorerParameters,
  features: ItemFeatures,
  source: ScoredSource,
  targetFeatures: ItemFeatures,
  rows: ArrayLike<number>,
  projections: Float64Array,
  scoreGradient: Float64Array,
  into: ScorerGradient,
): void {
  const { rank } = parameters;
  const { dim, contentDim } = features;
  const events = source.items.length;
  const scale = 1 / Math.sqrt(rank);
  const byProjected = new Float64Array(events * rank);
  const byOffset = new Float64Array(events);
  const byTarget = new Float64Array(rank);
  for (let target = 0; target < rows.length; target++) {
    byTarget.fill(0);
    const row = rows[target]!;
    for (let event = 0; event < events; event++) {
      const g = scoreGradient[target * events + event]!;
      if (g === 0) continue;
      byOffset[event] = byOffset[event]! + g;
      const item = source.items[event]!;
      for (let r = 0; r < rank; r++) {
        const at = event * rank + r;
        byTarget[r] = byTarget[r]! + scale * g * source.projected[at]!;
        byProjected[at] = byProjected[at]! + scale * g * projections[target * rank + r]!;
      }
      addCosine(into.similarity, 0, g, features.directions, item, targetFeatures.directions, row, dim);
      addCosine(into.similarity, 1, g, features.content, item, targetFeatures.content, row, contentDim);
    }
    addOuter(into.target, byTarget, 0, rank, targetFeatures, row);
  }

  const byUser = new Float64Array(rank);
  for (let event = 0; event < events; event++) {
    addOuter(into.source, byProjected, event * rank, rank, features, source.items[event]!);
    for (let r = 0; r < rank; r++) byUser[r] = byUser[r]! + byProjected[event * rank + r]!;
    const g = byOffset[event]!;
    const recency = recencyClass(events - 1 - event);
    into.recency[recency] = into.recency[recency]! + g;
    into.similarity[2] = into.similarity[2]! + g;
    into.potencyItems.push(source.items[event]!);
    into.potencyValues.push(g);
  }
  for (let r = 0; r < rank; r++) {
    for (let i = 0; i < dim; i++) {
      into.user[r * dim + i] = into.user[r * dim + i]! + byUser[r]! * source.mean[i]!;
    }
  }
}

function addCosine(
  sums: Float64Array,
  index: number,
  weight: number,
  a: Float32Array,
  rowA: number,
  b: Float32Array,
  rowB: number,
  width: number,
): void {
  let dot = 0;
  for (let i = 0; i < width; i++) dot += a[rowA * width + i]! * b[rowB * width + i]!;
  sums[index] = sums[index]! + weight * dot;
}

/** into[r, :] += by[start + r] * (features of the row, 1). */
function addOuter(
  into: Float64Array,
  by: Float64Array,
  start: number,
  rank: number,
  features: ItemFeatures,
  row: number,
): void {
  const { dim, contentDim, directions, content } = features;
  const width = dim + contentDim + 1;
  for (let r = 0; r < rank; r++) {
    const g = by[start + r]!;
    if (g === 0) continue;
    const offset = r * width;
    for (let i = 0; i < dim; i++) into[offset + i] = into[offset + i]! + g * directions[row * dim + i]!;
    for (let i = 0; i < contentDim; i++) {
      into[offset + dim + i] = into[offset + dim + i]! + g * content[row * contentDim + i]!;
    }
    into[offset + width - 1] = into[offset + width - 1]! + g;
  }
}
