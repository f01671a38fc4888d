import { type TrainingState, uint32Tensor } from '@isthmus/learning';
import { createItemEncoder } from '../../model/item-encoder.js';
import { featureVectors } from './feature-vectors.js';
import { itemVectorsOf } from './item-vectors.js';
import { catalogueText } from './training-catalogue.js';
import { parameterPrefix } from './training-step.js';

/**
 * What the dictionary quantises: the direction of an item's vector without its last coordinate, which stands for
 * popularity. No gradient flows back to the items.
 *
 * @param rows of the catalogue
 * @returns `[rows, dim]`
 */
export function quantisedVectors(state: TrainingState, dim: number, rows: Uint32Array): Float32Array {
  const items = itemVectorsOf(state, parameterPrefix, rows);
  for (let start = 0; start < items.length; start += dim) toDirection(items.subarray(start, start + dim));
  return items;
}

/**
 * The same for the whole catalogue, `[items, dim]`. An item without training events was never moved from where chance had put it, so
 * its content speaks for it where it is known, as it does for items that come after training.
 */
export function quantisedCatalogue(state: TrainingState, dim: number): Float32Array {
  const counts = uint32Tensor(state, 'catalogue/counts');
  const vectors = quantisedVectors(
    state,
    dim,
    Uint32Array.from(counts, (_, row) => row),
  );
  if (!counts.includes(0)) return vectors;
  const text = catalogueText(state);
  const encode = createItemEncoder(featureVectors(state));
  counts.forEach((count, row) => {
    if (count > 0) return;
    const category = text.categories[text.categoryOf[row]!] ?? '';
    const tokens = text.tokensOf[row]!.map((token) => text.tokens[token]!);
    const placed = encode({ category, tokens });
    if (placed === undefined || placed.every((value) => value === 0)) return;
    toDirection(placed);
    vectors.set(placed, row * dim);
  });
  return vectors;
}

/** As `directionOf` of a served model, in place. */
function toDirection(vector: Float32Array): void {
  const last = vector.length - 1;
  let squares = 0;
  for (let i = 0; i < last; i++) squares += vector[i]! * vector[i]!;
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  for (let i = 0; i < last; i++) vector[i] = vector[i]! * scale;
  vector[last] = 0;
}
