import { type TrainingState, uint32Tensor } from '@isthmus/learning';
import type { FeatureVectors } from '../../model/item-encoder.js';
import { itemVectorsOf } from './item-vectors.js';
import type { CatalogueText } from './training-data.js';
import { parameterPrefix } from './training-step.js';

/** Ids and content of the catalogue, as the state keeps them. */
export function catalogueText(state: TrainingState): CatalogueText {
  const bytes = state.tensors.get('catalogue/text')!.data as Uint8Array;
  let text = texts.get(bytes);
  if (text === undefined) {
    text = JSON.parse(new TextDecoder().decode(bytes)) as CatalogueText;
    texts.set(bytes, text);
  }
  return text;
}

/** Texts are functions of the state's bytes, so they are kept by them. */
const texts = new WeakMap<Uint8Array, CatalogueText>();

/** Mean vectors of the items with training events that share a category or a token; zeros for a feature without any. */
export function featureVectors(state: TrainingState): FeatureVectors {
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
