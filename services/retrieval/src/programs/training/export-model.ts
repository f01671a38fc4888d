import type { ModelFiles, StateTensor, TrainingState } from '@isthmus/learning';
import { uint32Tensor } from '@isthmus/learning';
import type { RetrievalHeader } from '../../model/retrieval-header.js';
import { encodeTensors } from '../../model/tensor-container.js';
import { itemVectorsOf } from './item-vectors.js';
import { parametersOf } from './state-network.js';
import type { CatalogueText } from './training-data.js';
import { parameterPrefix } from './training-step.js';

/** The files of a retrieval model: `model.json`, `items.json`, `features.json` and `tensors.bin`. */
export function exportModel(state: TrainingState, header: RetrievalHeader): ModelFiles {
  const text = catalogueText(state);
  const tensors = new Map<string, StateTensor>();
  for (const [name, tensor] of parametersOf(state, parameterPrefix))
    tensors.set(parameterPrefix + name, tensor);
  for (const [name, tensor] of state.tensors) {
    if (name.startsWith('dictionary/codebook-') || name === 'dictionary/codes') tensors.set(name, tensor);
  }
  tensors.set('catalogue/items', state.tensors.get('catalogue/items')!);
  tensors.set(
    'features/category',
    meanVectors(state, text.categories.length, (row) => [text.categoryOf[row]!]),
  );
  tensors.set(
    'features/token',
    meanVectors(state, text.tokens.length, (row) => text.tokensOf[row]!),
  );
  return new Map([
    ['features.json', json({ categories: text.categories, tokens: text.tokens })],
    ['items.json', json({ domain: header.targetDomain, itemIds: text.itemIds })],
    ['model.json', json(header)],
    ['tensors.bin', encodeTensors(tensors)],
  ]);
}

/** Ids and content of the catalogue, as the state keeps them. */
export function catalogueText(state: TrainingState): CatalogueText {
  return JSON.parse(new TextDecoder().decode(state.tensors.get('catalogue/text')!.data as Uint8Array));
}

/** Mean vector of the items with training events that share a feature, zeros for a feature without any. */
function meanVectors(
  state: TrainingState,
  features: number,
  featuresOf: (row: number) => readonly number[],
): StateTensor {
  const items = itemVectorsOf(state, parameterPrefix);
  const counts = uint32Tensor(state, 'catalogue/counts');
  const dim = items.length / counts.length;
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
  const data = Float32Array.from(sums, (sum, i) => (sum === 0 ? 0 : sum / seen[Math.floor(i / dim)]!));
  return { type: 'float32', shape: [features, dim], data };
}

function json(value: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
