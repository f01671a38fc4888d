import type { ModelFiles, StateTensor, TrainingState } from '@isthmus/learning';
import { timelineTensors, transitionTensors } from '../../model/open-prior.js';
import type { RetrievalHeader } from '../../model/retrieval-header.js';
import { encodeTensors } from '../../model/tensor-container.js';
import { isServedOfDictionary } from './dictionary-state.js';
import { featureVectors } from './feature-vectors.js';
import { parametersOf } from './state-network.js';
import { catalogueText } from './training-catalogue.js';
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
  const { transitions = 0, popularity = 0 } = header.prior ?? {};
  const counted = [...(transitions > 0 ? transitionTensors : []), ...(popularity > 0 ? timelineTensors : [])];
  for (const name of counted) tensors.set(name, state.tensors.get(name)!);
  const { dim, categories, categoryVectors, tokens, tokenVectors, base } = featureVectors(state);
  tensors.set('features/category', {
    type: 'float32',
    shape: [categories.length, dim],
    data: categoryVectors,
  });
  tensors.set('features/token', { type: 'float32', shape: [tokens.length, dim], data: tokenVectors });
  if (base !== undefined) tensors.set('features/base', { type: 'float32', shape: [dim], data: base });
  const { itemIds } = catalogueText(state);
  const others = itemIds.slice(header.items);
  if (others.length > 0) tensors.set('catalogue/domains', state.tensors.get('catalogue/domains')!);
  return new Map([
    ['features.json', json({ categories, tokens })],
    [
      'items.json',
      json({
        domain: header.targetDomain,
        itemIds: itemIds.slice(0, header.items),
        ...(others.length > 0 && { otherItemIds: others }),
      }),
    ],
    ['model.json', json(header)],
    ['tensors.bin', encodeTensors(tensors)],
  ]);
}

function json(value: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
