import {
  addTensor,
  counter,
  createRandom,
  float32Tensor,
  type TrainingState,
  tensorOfType,
  uint32Tensor,
} from '@isthmus/learning';
import { averageStep, kMeansStep, seedCodebook } from '../../domain/codebook-learning.js';
import { assignCodes, type InterestDictionary, residuals } from '../../domain/interest-dictionary.js';
import type { RetrievalShape } from '../../model/retrieval-shape.js';
import { itemVectorsOf } from './item-vectors.js';
import { parameterPrefix } from './training-step.js';

/** Numbers of the moving dictionary. */
export interface DictionarySettings {
  /** Share that the running averages keep in a step. */
  readonly codeDecay: number;
  /** Codes move until a refresh changes less than this share of the items. */
  readonly frozenChurn: number;
}

/** A code is dead below this share of its fair part of a step. */
const deadShare = 0.05;

/** Adds an empty dictionary: codebooks, running averages and the table of the items' codes. */
export function addDictionary(state: TrainingState, shape: RetrievalShape, items: number): void {
  shape.codes.forEach((count, level) => {
    addTensor(state, `dictionary/codebook-${level}`, 'float32', [count, shape.dim]);
    addTensor(state, `dictionary/counts-${level}`, 'float64', [count]);
    addTensor(state, `dictionary/sums-${level}`, 'float64', [count, shape.dim]);
  });
  addTensor(state, 'dictionary/codes', 'uint32', [items, shape.codes.length]);
  state.counters.set('dictionary/churn', 1);
  state.counters.set('dictionary/averaged', 0);
}

/** The dictionary of a state. */
export function dictionaryOf(state: TrainingState, shape: RetrievalShape): InterestDictionary {
  const codebooks = shape.codes.map((_, level) => float32Tensor(state, `dictionary/codebook-${level}`));
  return { dim: shape.dim, codebooks };
}

/**
 * One step of k-means of one level over the true residuals of all items with training events; the first step of a level
 * chooses its codes. After the last step of the last level the codes of all items are assigned.
 *
 * @param step steps of this phase before
 * @param stepsPerLevel steps of each level
 */
export function dictionaryStep(
  state: TrainingState,
  seed: Uint8Array,
  shape: RetrievalShape,
  step: number,
  stepsPerLevel: number,
): void {
  const level = Math.floor(step / stepsPerLevel);
  const dictionary = dictionaryOf(state, shape);
  const { dim } = shape;
  const known = quantised(state, shape, trainedRows(state));
  const codes = assignCodes({ dim, codebooks: dictionary.codebooks.slice(0, level) }, known);
  const rows = residuals({ dim, codebooks: dictionary.codebooks.slice(0, level) }, known, codes, level);
  const codebook = dictionary.codebooks[level]!;
  if (step % stepsPerLevel === 0) {
    const random = createRandom(seed, 'dictionary', level);
    codebook.set(seedCodebook(rows, dim, shape.codes[level]!, random));
  }
  state.counters.set(`dictionary/distance-${level}`, kMeansStep(codebook, rows, dim));
  if (step !== stepsPerLevel * shape.codes.length - 1) return;
  refreshCodes(state, shape);
  state.counters.set('dictionary/churn', 1);
}

/** Assigns every item anew and returns the share of items whose codes changed. */
export function refreshCodes(state: TrainingState, shape: RetrievalShape): number {
  const table = uint32Tensor(state, 'dictionary/codes');
  const levels = shape.codes.length;
  const items = table.length / levels;
  const all = Uint32Array.from({ length: items }, (_, row) => row);
  const fresh = assignCodes(dictionaryOf(state, shape), quantised(state, shape, all));
  let changed = 0;
  for (let item = 0; item < items; item++) {
    let same = true;
    for (let i = item * levels; i < (item + 1) * levels; i++) same &&= fresh[i] === table[i];
    if (!same) changed++;
  }
  table.set(fresh);
  const churn = changed / items;
  state.counters.set('dictionary/churn', churn);
  return churn;
}

/** Moves the codes towards the vectors of a step's targets, unless the dictionary has come to rest. */
export function moveCodes(
  state: TrainingState,
  seed: Uint8Array,
  shape: RetrievalShape,
  targets: Int32Array,
  settings: DictionarySettings,
): void {
  if (counter(state, 'dictionary/churn') < settings.frozenChurn) return;
  const rows = [...new Set(targets)].sort((a, b) => a - b);
  const dictionary = dictionaryOf(state, shape);
  const vectors = quantised(state, shape, Uint32Array.from(rows));
  const codes = assignCodes(dictionary, vectors);
  const levels = shape.codes.length;
  if (counter(state, 'dictionary/averaged') === 0) startAverages(state, dictionary, rows.length);
  for (let level = 0; level < levels; level++) {
    averageStep(
      dictionary.codebooks[level]!,
      averagesOf(state, level),
      residuals(dictionary, vectors, codes, level),
      rows.map((_, i) => codes[i * levels + level]!),
      { decay: settings.codeDecay, deadShare },
      createRandom(seed, `revival-${level}`, state.step),
    );
  }
}

/**
 * What the dictionary quantises: the direction of an item's vector without its last coordinate, which stands for
 * popularity. No gradient flows back to the items.
 */
function quantised(state: TrainingState, shape: RetrievalShape, rows: Uint32Array): Float32Array {
  const { dim } = shape;
  const items = itemVectorsOf(state, parameterPrefix, rows);
  const vectors = new Float32Array(items.length);
  for (let row = 0; row < rows.length; row++) {
    let squares = 0;
    for (let j = row * dim; j < row * dim + dim - 1; j++) squares += items[j]! * items[j]!;
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let j = 0; j < dim - 1; j++) vectors[row * dim + j] = items[row * dim + j]! * scale;
  }
  return vectors;
}

function trainedRows(state: TrainingState): Uint32Array {
  const rows: number[] = [];
  uint32Tensor(state, 'catalogue/counts').forEach((count, row) => {
    if (count > 0) rows.push(row);
  });
  return Uint32Array.from(rows);
}

/** Running averages as k-means left the codes, as if the steps before had given every code its fair part. */
function startAverages(state: TrainingState, dictionary: InterestDictionary, rowsPerStep: number): void {
  dictionary.codebooks.forEach((codebook, level) => {
    const { counts, sums } = averagesOf(state, level);
    const fair = rowsPerStep / counts.length;
    counts.fill(fair);
    codebook.forEach((value, i) => {
      sums[i] = fair * value;
    });
  });
  state.counters.set('dictionary/averaged', 1);
}

function averagesOf(state: TrainingState, level: number): { counts: Float64Array; sums: Float64Array } {
  return {
    counts: tensorOfType(state, `dictionary/counts-${level}`, 'float64').data as Float64Array,
    sums: tensorOfType(state, `dictionary/sums-${level}`, 'float64').data as Float64Array,
  };
}
