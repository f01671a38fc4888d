import { scoped, type Tensor, tensor } from '@isthmus/kernels';
import type { ScorerTensors } from './causal-scorer.js';
import type { HeldTensors } from './held-tensors.js';
import { type ItemRows, itemRows } from './item-rows.js';
import { featuresOf, tensorNames } from './model-parts.js';
import type { ModelShape } from './model-shape.js';
import { floats, type TensorMap } from './tensor-map.js';

/** What the causal score reads of a model: every item is projected once. The row is the item. */
export interface ScorerTables {
  readonly scorer: ScorerTensors;
  /** Items as causes and as targets. */
  readonly sources: ItemRows;
  readonly targets: ItemRows;
  /** `[items, 1]` */
  readonly potency: Tensor;
}

/** Readies the tables; `held` keeps them. */
export function scorerTables(shape: ModelShape, tensors: TensorMap, held: HeldTensors): ScorerTables {
  const features = featuresOf(shape, tensors);
  const potency = floats(tensors, tensorNames.scorerPotency);
  const recency = floats(tensors, tensorNames.scorerRecency);
  return scoped(() => {
    const sources = held.holdRows(itemRows(features, projection(tensorNames.scorerSource, shape, tensors)));
    const { projections } = itemRows(features, projection(tensorNames.scorerTarget, shape, tensors));
    return {
      scorer: {
        user: held.read(floats(tensors, tensorNames.scorerUser), [shape.rank, shape.dim]),
        recency: held.read(recency, [recency.length]),
        similarity: held.read(floats(tensors, tensorNames.scorerSimilarity), [3]),
      },
      sources,
      targets: { ...sources, projections: held.hold(projections) },
      potency: held.read(potency, [potency.length, 1]),
    };
  });
}

/** A projection of item features, `[rank, dim + contentDim + 1]`. Belongs to the caller's scope. */
export function projection(name: string, { rank, dim, contentDim }: ModelShape, tensors: TensorMap): Tensor {
  return tensor(floats(tensors, name), [rank, dim + contentDim + 1]);
}
