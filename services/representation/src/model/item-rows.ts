import { gatherRows, matMul, type Tensor, tensor } from '@isthmus/kernels';
import type { ItemFeatures } from '../domain/item-features.js';

/** Items of source events or of targets as the causal score sees them, a row an event or a target. */
export interface ItemRows {
  /** Projected features, `[rows, rank]`. */
  readonly projections: Tensor;
  /** Nearly unit vectors of the graph encoder, `[rows, dim]`. */
  readonly directions: Tensor;
  /** Nearly unit vectors of the content encoder, `[rows, contentDim]`; undefined where items carry no content. */
  readonly content: Tensor | undefined;
}

/** Rows of a table of items. @param projection `[rank, dim + contentDim + 1]`, the last feature being the constant 1 */
export function itemRows(features: ItemFeatures, projection: Tensor): ItemRows {
  const { dim, contentDim, directions, content } = features;
  const rows = directions.length / dim;
  const width = dim + contentDim + 1;
  const matrix = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const start = row * width;
    for (let i = 0; i < dim; i++) matrix[start + i] = directions[row * dim + i]!;
    for (let i = 0; i < contentDim; i++) matrix[start + dim + i] = content[row * contentDim + i]!;
    matrix[start + width - 1] = 1;
  }
  return {
    projections: matMul(tensor(matrix, [rows, width]), projection, false, true),
    directions: tensor(directions, [rows, dim]),
    content: contentDim === 0 ? undefined : tensor(content, [rows, contentDim]),
  };
}

/** Chosen rows. */
export function rowsAt(items: ItemRows, rows: Int32Array | Tensor): ItemRows {
  return {
    projections: gatherRows(items.projections, rows),
    directions: gatherRows(items.directions, rows),
    content: items.content && gatherRows(items.content, rows),
  };
}
