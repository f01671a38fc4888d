import { boundChurn, type Refresh } from './assignment-table.js';
import { moveToMeans } from './codebook-learning.js';
import { assignCodes, type InterestDictionary, residuals, rowsOfLevel } from './interest-dictionary.js';

/** A dictionary after an update on new item vectors. */
export interface UpdatedDictionary extends Refresh {
  readonly dictionary: InterestDictionary;
}

/**
 * Carries a dictionary over to item vectors that were trained further or anew. A code is the mean of its own items, wherever they are
 * now, so it keeps its meaning even where training turned the whole space; then every item is assigned, of the known ones at most
 * `maxChurn` anew ({@link boundChurn}). New items get the code that fits them. The old dictionary is left as it is.
 *
 * @param old the dictionary before
 * @param codes its tuples of the known items, `[known items, levels]`
 * @param vectors what is quantised now, `[items, dim]`: the known items in their order, then the new ones
 */
export function updateDictionary(
  old: InterestDictionary,
  codes: Uint32Array,
  vectors: Float32Array,
  maxChurn = 0.05,
): UpdatedDictionary {
  const { dim } = old;
  const dictionary = { ...old, codebooks: old.codebooks.map((codebook) => codebook.slice()) };
  const known = vectors.subarray(0, (codes.length / old.codebooks.length) * dim);
  dictionary.codebooks.forEach((codebook, level) => {
    const rows = residuals(dictionary, known, codes, level);
    moveToMeans(codebook, rows, rowsOfLevel(dictionary, codes, level), dim);
  });
  const fresh = assignCodes(dictionary, vectors);
  return { dictionary, ...boundChurn(dictionary, codes, fresh, vectors, maxChurn) };
}
