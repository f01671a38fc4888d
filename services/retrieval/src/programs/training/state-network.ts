import type { StateTensor, TrainingState } from '@isthmus/learning';
import { uint32Tensor } from '@isthmus/learning';
import { RetrievalNetwork } from '../../model/retrieval-network.js';
import type { RetrievalShape } from '../../model/retrieval-shape.js';
import { dictionaryOf } from './dictionary-steps.js';
import { parameterPrefix } from './training-step.js';

/** Parameters of a state by name, without optimiser slots. */
export function parametersOf(state: TrainingState): Map<string, StateTensor> {
  const parameters = new Map<string, StateTensor>();
  for (const [name, tensor] of state.tensors) {
    if (name.startsWith(parameterPrefix) && !name.includes('/adam/')) {
      parameters.set(name.slice(parameterPrefix.length), tensor);
    }
  }
  return parameters;
}

/**
 * The network that a state would be served with. It must be disposed of.
 *
 * @param shape without codes while there is no dictionary
 */
export function networkOf(
  state: TrainingState,
  shape: RetrievalShape,
  temperature: number,
): RetrievalNetwork {
  return new RetrievalNetwork({
    shape,
    parameters: parametersOf(state),
    dictionary: dictionaryOf(state, shape),
    codes: shape.codes.length > 0 ? uint32Tensor(state, 'dictionary/codes') : new Uint32Array(),
    temperature,
  });
}
