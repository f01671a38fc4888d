import { type TrainingState, uint32Tensor } from '@isthmus/learning';
import { updateDictionary } from '../../domain/dictionary-update.js';
import { gathered, type InterestDictionary } from '../../domain/interest-dictionary.js';
import type { RetrievalShape } from '../../model/retrieval-shape.js';
import { dictionaryOf } from './dictionary-state.js';
import { quantisedCatalogue } from './quantised-vectors.js';

/** The dictionary of an earlier model. */
export interface EarlierDictionary {
  readonly dictionary: InterestDictionary;
  /** Tuples of its items, `[its items, levels]`. */
  readonly codes: Uint32Array;
  /** Row in it of each row of the catalogue, -1 for items that it did not know. */
  readonly rowOf: Int32Array;
}

/**
 * Starts the dictionary of a state from an earlier model's (see `updateDictionary`): at most `maxChurn` of the items that it knew
 * change their tuples, new items get one by their vectors, without events by their content. For a run that goes on from an
 * earlier version, in place of k-means. Throws a RangeError for a dictionary of another size.
 */
export function carryDictionary(
  state: TrainingState,
  shape: RetrievalShape,
  earlier: EarlierDictionary,
  maxChurn = 0.05,
): void {
  const own = dictionaryOf(state, shape);
  if (
    own.codebooks.some((codebook, level) => codebook.length !== earlier.dictionary.codebooks[level]?.length)
  ) {
    throw new RangeError('The earlier dictionary has other levels or codes than this run');
  }
  const levels = shape.codes.length;
  const rows = Array.from(earlier.rowOf, (_, row) => row);
  const known = rows.filter((row) => earlier.rowOf[row]! >= 0);
  const order = [...known, ...rows.filter((row) => earlier.rowOf[row]! < 0)];
  const codes = new Uint32Array(known.length * levels);
  known.forEach((row, i) => {
    const from = earlier.rowOf[row]! * levels;
    codes.set(earlier.codes.subarray(from, from + levels), i * levels);
  });
  const vectors = gathered(quantisedCatalogue(state, shape.dim), order, shape.dim);
  const updated = updateDictionary({ ...earlier.dictionary, dim: shape.dim }, codes, vectors, maxChurn);
  updated.dictionary.codebooks.forEach((codebook, level) => {
    own.codebooks[level]!.set(codebook);
    const penalties = updated.dictionary.penalties?.[level];
    if (penalties !== undefined) own.penalties![level]!.set(penalties);
  });
  const table = uint32Tensor(state, 'dictionary/codes');
  order.forEach((row, i) => {
    table.set(updated.codes.subarray(i * levels, (i + 1) * levels), row * levels);
  });
  state.counters.set('dictionary/assigned', 1);
  state.counters.set('dictionary/churn', updated.churn);
  state.counters.set('dictionary/held', updated.held);
}
