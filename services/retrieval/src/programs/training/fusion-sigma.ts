import type { TrainingState } from '@isthmus/learning';
import { smallestSingularValue } from '../../domain/smallest-singular-value.js';
import type { RetrievalShape } from '../../model/retrieval-shape.js';
import { parameterPrefix } from './training-step.js';

/**
 * Smallest singular value of the fusion's first layer over the coordinates of interests: the inputs of its hidden units for two
 * interests differ by at least this times the distance of the interests' embeddings. (The units are no affine map of them, so for
 * queries there is no such bound.) The last coordinate of a code is 0 in all of them and left out. 0 where the layer is narrower than
 * the interests; undefined where a model has no such layer.
 */
export function fusionSigma(state: TrainingState, { codes, dim }: RetrievalShape): number | undefined {
  const layer = state.tensors.get(`${parameterPrefix}interest/in`);
  const levels = codes.length;
  if (layer === undefined || layer.shape[0] !== (2 + levels) * dim) return undefined;
  const width = layer.shape[1]!;
  const rows: number[] = [];
  for (let level = 0; level < levels; level++)
    for (let i = 0; i < dim - 1; i++) rows.push((1 + level) * dim + i);
  const weights = rows.flatMap((row) => Array.from(layer.data.subarray(row * width, (row + 1) * width)));
  return smallestSingularValue(weights, rows.length, width);
}
