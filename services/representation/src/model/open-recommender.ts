import { type Inputs, type ModelFiles, openInteractions, type Recommender } from '@isthmus/learning';

import { dotRows } from '../domain/item-features.js';
import { itemsAt, usableEvents } from '../domain/usable-events.js';
import { CausalNetwork } from './causal-network.js';
import { decodeModel } from './model-files.js';
import { tensorNames } from './model-parts.js';
import { targetRows } from './target-rows.js';
import { bytes, floats } from './tensor-map.js';

/**
 * The representation alone as a recommender of the target domain: items by their inner product with the user's vector,
 * which lives in the space of the target items. Shows what the artefact carries; the retrieval service does better.
 */
export function openRecommender(files: ModelFiles, inputs: Inputs): Recommender {
  const { header, tensors } = decodeModel(files);
  const { shape } = header;
  const network = new CausalNetwork(shape, tensors);
  const factors = floats(tensors, tensorNames.factors);
  const { items } = targetRows(bytes(tensors, tensorNames.itemDomains), shape.targetDomain);
  const data = openInteractions(inputs);
  return {
    recommend(record, k, excluded) {
      const history = data.history(record);
      const { source } = usableEvents(history, history.length, shape);
      const { vectors } = network.user(itemsAt(history, source));
      const scores = Float64Array.from(items, (item) =>
        dotRows(vectors, 0, factors, item * shape.dim, shape.dim),
      );
      const order = Uint32Array.from(items.keys()).filter((row) => !excluded.has(items[row]!));
      order.sort((a, b) => scores[b]! - scores[a]! || a - b);
      return order.subarray(0, k).map((row) => items[row]!);
    },
  };
}
