import { softDirections } from './soft-directions.js';

/** What the scorer sees of items (or of prototypes of items). All tables are row-major and read-only. */
export interface ItemFeatures {
  /** Width of {@link directions}. */
  readonly dim: number;
  /** Width of {@link content}; 0 where items carry no content. */
  readonly contentDim: number;
  /** Nearly unit vectors of the graph encoder, `[rows, dim]`; zero for items without events. */
  readonly directions: Float32Array;
  /** Nearly unit vectors of the content encoder, `[rows, contentDim]`; zero for items without content. */
  readonly content: Float32Array;
}

/** Margin of {@link softDirections} for graph factors: half of the mean length. */
export const graphSoftness = 0.5;

/** Features of all items from their graph factors `[items, dim]` and content vectors `[items, contentDim]`. */
export function itemFeatures(
  factors: Float32Array,
  dim: number,
  content: Float32Array,
  contentDim: number,
): ItemFeatures {
  return {
    dim,
    contentDim,
    directions: softDirections(factors, dim, graphSoftness),
    content: contentDim === 0 ? content : softDirections(content, contentDim, 0),
  };
}

/** Similarity of two rows for the labeller: the mean of the graph's and the content's cosine, -1 to 1. */
export function featureSimilarity(
  a: ItemFeatures,
  rowA: number,
  b: ItemFeatures,
  rowB: number,
  contentShare: number,
): number {
  const graph = dotRows(a.directions, rowA * a.dim, b.directions, rowB * b.dim, a.dim);
  if (a.contentDim === 0) return graph;
  const content = dotRows(a.content, rowA * a.contentDim, b.content, rowB * b.contentDim, a.contentDim);
  return contentShare * content + (1 - contentShare) * graph;
}

/** Inner product of two stretches of `width` values. */
export function dotRows(
  a: ArrayLike<number>,
  startA: number,
  b: ArrayLike<number>,
  startB: number,
  width: number,
): number {
  let sum = 0;
  for (let i = 0; i < width; i++) sum += a[startA + i]! * b[startB + i]!;
  return sum;
}
