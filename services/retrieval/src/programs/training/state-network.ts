import type { StateTensor, TrainingState } from '@isthmus/learning';
import { counter, uint32Tensor } from '@isthmus/learning';
import { interestItems } from '../../model/interest-tower.js';
import { RetrievalNetwork } from '../../model/retrieval-network.js';
import type { RetrievalShape } from '../../model/retrieval-shape.js';
import { dictionaryOf } from './dictionary-steps.js';
import { insideVectorsOf } from './inside-vectors.js';
import { contentWeight } from './item-content.js';
import { itemVectorsOf, spaceWeight } from './item-vectors.js';

/**
 * Parameters as they are served, by name: without what only training needs.
 *
 * @param prefix of the parameters in the state: those of the last step or their averages
 */
export function parametersOf(state: TrainingState, prefix: string): Map<string, StateTensor> {
  const parameters = new Map<string, StateTensor>();
  const ofTraining = [prefix + spaceWeight, prefix + contentWeight];
  for (const [name, tensor] of state.tensors) {
    if (!name.startsWith(prefix) || name.includes('/adam/') || ofTraining.includes(name)) continue;
    parameters.set(name.slice(prefix.length), tensor);
  }
  const { type, shape } = parameters.get('items')!;
  const own = itemVectorsOf(state, prefix);
  parameters.set('items', { type, shape, data: own } as StateTensor);
  if (parameters.has(interestItems))
    parameters.set(interestItems, { type, shape, data: insideVectorsOf(state, prefix, own) } as StateTensor);
  return parameters;
}

/**
 * The network that a state would be served with. It must be disposed of.
 *
 * @param prefix of the parameters in the state
 * @param shape without codes while there is no dictionary
 */
export function networkOf(
  state: TrainingState,
  prefix: string,
  shape: RetrievalShape,
  temperature: number,
  interestShare: number,
): RetrievalNetwork {
  return new RetrievalNetwork({
    shape,
    targets: counter(state, 'catalogue/targets'),
    parameters: parametersOf(state, prefix),
    dictionary: dictionaryOf(state, shape),
    codes: shape.codes.length > 0 ? uint32Tensor(state, 'dictionary/codes') : new Uint32Array(),
    temperature,
    interestShare,
  });
}
