import { float32Tensor, type TrainingState, uint32Tensor } from '@isthmus/learning';
import type { FeatureVectors } from '../../model/item-encoder.js';
import { contentWeight } from './item-content.js';
import { itemVectorsOf } from './item-vectors.js';
import { catalogueText } from './training-catalogue.js';
import { parameterPrefix } from './training-step.js';

/** What unseen items are placed by: the learnt vectors of the features where there are some, or means of known items. */
export function featureVectors(state: TrainingState): FeatureVectors {
  return state.tensors.has(parameterPrefix + contentWeight) ? learntVectors(state) : meanVectors(state);
}

function learntVectors(state: TrainingState): FeatureVectors {
  const { categories, tokens } = catalogueText(state);
  const vectors = float32Tensor(state, parameterPrefix + contentWeight);
  const dim = vectors.length / (categories.length + tokens.length);
  return {
    dim,
    categories,
    categoryVectors: vectors.slice(0, categories.length * dim),
    tokens,
    tokenVectors: vectors.slice(categories.length * dim),
    base: meanFreeVector(state, dim),
  };
}

/** Mean of the free vectors of the target domain's items with training events: what an item is beside its content. */
function meanFreeVector(state: TrainingState, dim: number): Float32Array {
  const free = float32Tensor(state, `${parameterPrefix}items`);
  const counts = uint32Tensor(state, 'catalogue/counts').subarray(0, state.counters.get('catalogue/targets'));
  const sums = new Float64Array(dim);
  let seen = 0;
  counts.forEach((count, row) => {
    if (count === 0) return;
    seen++;
    for (let i = 0; i < dim; i++) sums[i]! += free[row * dim + i]!;
  });
  return Float32Array.from(sums, (sum) => sum / Math.max(1, seen));
}

/** Mean vectors of the items with training events that share a category or a token; zeros for a feature without any. */
function meanVectors(state: TrainingState): FeatureVectors {
  const text = catalogueText(state);
  const items = itemVectorsOf(state, parameterPrefix);
  const counts = uint32Tensor(state, 'catalogue/counts');
  const dim = items.length / counts.length;
  const means = (features: number, featuresOf: (row: number) => readonly number[]): Float32Array => {
    const sums = new Float64Array(features * dim);
    const seen = new Uint32Array(features);
    counts.forEach((count, row) => {
      if (count === 0) return;
      for (const feature of featuresOf(row)) {
        if (feature < 0) continue;
        seen[feature]!++;
        for (let i = 0; i < dim; i++) sums[feature * dim + i]! += items[row * dim + i]!;
      }
    });
    return Float32Array.from(sums, (sum, i) => (sum === 0 ? 0 : sum / seen[Math.floor(i / dim)]!));
  };
  return {
    dim,
    categories: text.categories,
    categoryVectors: means(text.categories.length, (row) => [text.categoryOf[row]!]),
    tokens: text.tokens,
    tokenVectors: means(text.tokens.length, (row) => text.tokensOf[row]!),
  };
}
