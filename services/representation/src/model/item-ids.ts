import { tensorNames } from './model-parts.js';
import { bytes, integers, type TensorMap } from './tensor-map.js';

/** Names of the items. */
export interface ItemIds {
  /** Index of an item by its domain's number and its id; undefined where the model does not know it. */
  index(domain: number, itemId: string): number | undefined;
  /** Id of an item. */
  id(item: number): string;
}

/** Reads the names; an id is unique within its domain. */
export function createItemIds(tensors: TensorMap): ItemIds {
  const domains = bytes(tensors, tensorNames.itemDomains);
  const offsets = integers(tensors, tensorNames.itemIdOffsets);
  const text = bytes(tensors, tensorNames.itemIdBytes);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const ids: string[] = [];
  const indices = new Map<number, Map<string, number>>();
  for (let item = 0; item < domains.length; item++) {
    const id = decoder.decode(text.subarray(offsets[item]!, offsets[item + 1]!));
    ids.push(id);
    const ofDomain = indices.get(domains[item]!) ?? new Map<string, number>();
    ofDomain.set(id, item);
    indices.set(domains[item]!, ofDomain);
  }
  return {
    index: (domain, itemId) => indices.get(domain)?.get(itemId),
    id(item) {
      const id = ids[item];
      if (id === undefined) throw new RangeError(`there is no item ${item}`);
      return id;
    },
  };
}
