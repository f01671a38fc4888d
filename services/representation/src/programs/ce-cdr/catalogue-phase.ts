import { addTensor, addToCounter, counter, setTensor, uint32Tensor } from '@isthmus/learning';

import { hasContent, hashText } from '../../domain/content-features.js';
import { tensorNames } from '../../model/model-parts.js';
import { bytes, integers } from '../../model/tensor-map.js';
import type { Phase, PhaseContext } from './phase.js';

/** Class of an item without a category. */
export const noCategory = 0xffff_ffff;
/** Class of each item, dropped after the content encoder is trained. */
export const itemCategories = 'items/categories';

/** Reads the catalogue: domains, ids, categories, and whether there is content to learn from. */
export const cataloguePhase: Phase = {
  name: 'catalogue',
  steps: (values) => Math.ceil(values.items / values.itemsPerStep),
  run(context, index) {
    const { values } = context;
    if (index === 0) allocate(context);
    const end = Math.min(values.items, (index + 1) * values.itemsPerStep);
    readItems(context, index * values.itemsPerStep, end);
    if (end === values.items) numberCategories(context);
  },
};

function allocate({ values, state }: PhaseContext): void {
  addTensor(state, tensorNames.itemDomains, 'uint8', [values.items]);
  addTensor(state, tensorNames.itemIdOffsets, 'uint32', [values.items + 1]);
  addTensor(state, tensorNames.itemIdBytes, 'uint8', [0]);
  addTensor(state, itemCategories, 'uint32', [values.items]).fill(noCategory);
  for (const name of ['content/described', 'content/numbers', 'content/usable', 'content/categories']) {
    state.counters.set(name, 0);
  }
}

function readItems({ state, data }: PhaseContext, start: number, end: number): void {
  const domains = bytes(state.tensors, tensorNames.itemDomains);
  const offsets = integers(state.tensors, tensorNames.itemIdOffsets);
  const categories = integers(state.tensors, itemCategories);
  const before = bytes(state.tensors, tensorNames.itemIdBytes);
  const ids: Uint8Array[] = [before];
  let length = before.length;
  for (let item = start; item < end; item++) {
    const record = data.item(item);
    domains[item] = record.domain;
    const id = new TextEncoder().encode(record.itemId);
    ids.push(id);
    length += id.length;
    offsets[item + 1] = length;
    // Until all are known, a category stands as its hash.
    if (record.category !== '') categories[item] = hashText(record.category) & 0x7fff_ffff;
    if (hasContent(record)) addToCounter(state, 'content/described');
    if (item === 0) state.counters.set('content/numbers', record.numbers.length);
  }
  const joined = new Uint8Array(length);
  let at = 0;
  for (const id of ids) {
    joined.set(id, at);
    at += id.length;
  }
  setTensor(state, tensorNames.itemIdBytes, [length], joined);
}

/** Numbers the categories by their hashes, and decides whether a classification can teach anything. */
function numberCategories({ values, state }: PhaseContext): void {
  const categories = uint32Tensor(state, itemCategories);
  const hashes = [...new Set(categories)].filter((hash) => hash !== noCategory).sort((a, b) => a - b);
  const numbers = new Map(hashes.map((hash, number) => [hash, number]));
  for (let item = 0; item < values.items; item++) {
    categories[item] = numbers.get(categories[item]!) ?? noCategory;
  }
  const usable = hashes.length >= 2 && values.contentSteps > 0 && counter(state, 'content/described') > 0;
  state.counters.set('content/categories', hashes.length);
  state.counters.set('content/usable', usable ? 1 : 0);
  addTensor(state, tensorNames.content, 'float32', [values.items, usable ? values.contentDim : 0]);
  if (!usable) state.tensors.delete(itemCategories);
}
