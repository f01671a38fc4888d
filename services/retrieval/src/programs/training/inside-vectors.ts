import { add, matMul, scoped, tensor } from '@isthmus/kernels';
import { float32Tensor, type TrainingState } from '@isthmus/learning';
import { interestItems, interestSpace } from '../../model/interest-tower.js';

/**
 * Vectors of items among those of their interest as they are served, `h_i = f_i + g_i W`, `[items, dim]`.
 *
 * @param prefix of the parameters in the state
 * @param own vectors g of all items, `[items, dim]`
 */
export function insideVectorsOf(state: TrainingState, prefix: string, own: Float32Array): Float32Array {
  const [items, dim] = state.tensors.get(prefix + interestItems)!.shape as [number, number];
  return scoped(() => {
    const space = tensor(float32Tensor(state, prefix + interestSpace), [dim, dim]);
    const free = tensor(float32Tensor(state, prefix + interestItems), [items, dim]);
    return add(free, matMul(tensor(own, [items, dim]), space))
      .dataSync<'float32'>()
      .slice();
  });
}
