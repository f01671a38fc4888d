import type { ModelFiles, StateTensor, TrainingState } from '@isthmus/learning';
import type { RetrievalHeader } from '../../model/retrieval-header.js';
import { encodeTensors } from '../../model/tensor-container.js';
import { isServedOfDictionary } from './dictionary-state.js';
import { catalogueText, featureVectors } from './feature-vectors.js';
import { parametersOf } from './state-network.js';
import { parameterPrefix } from './training-step.js';

/** The files of a retrieval model: `model.json`, `items.json`, `features.json` and `tensors.bin`. */
export function exportModel(state: TrainingState, header: RetrievalHeader): ModelFiles {
  const tensors = new Map<string, StateTensor>();
  for (const [name, tensor] of parametersOf(state, parameterPrefix))
    tensors.set(parameterPrefix + name, tensor);
  for (const [name, tensor] of state.tensors) {
    if (isServedOfDictionary(name)) tensors.set(name, tensor);
  }
  tensors.set('catalogue/items', state.tensors.get('catalogue/items')!);
  const { dim, categories, categoryVectors, tokens, tokenVectors } = featureVectors(state);
  tensors.set('features/category', {
    type: 'float32',
    shape: [categories.length, dim],
    data: categoryVectors,
  });
  tensors.set('features/token', { type: 'float32', shape: [tokens.length, dim], data: tokenVectors });
  return new Map([
    ['features.json', json({ categories, tokens })],
    ['items.json', json({ domain: header.targetDomain, itemIds: catalogueText(state).itemIds })],
    ['model.json', json(header)],
    ['tensors.bin', encodeTensors(tensors)],
  ]);
}

function json(value: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
