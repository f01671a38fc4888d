import { addTensor, counter, float32Tensor, type TrainingState, tensorOfType } from '@isthmus/learning';
import type { CodebookAverages } from '../../domain/codebook-learning.js';
import { codebookRows, type InterestDictionary } from '../../domain/interest-dictionary.js';
import type { RetrievalShape } from '../../model/retrieval-shape.js';

/** Whether a tensor of the state is a part of the dictionary that models are served with. */
export function isServedOfDictionary(name: string): boolean {
  return /^dictionary\/(codes$|codebook-|penalty-)/.test(name);
}

/** Adds an empty dictionary: codebooks, penalties, running averages and the table of the items' codes. */
export function addDictionary(state: TrainingState, shape: RetrievalShape, items: number): void {
  shape.codes.forEach((_, level) => {
    const rows = codebookRows(shape.dictionaryKind, shape.codes, level);
    addTensor(state, `dictionary/codebook-${level}`, 'float32', [rows, shape.dim]);
    addTensor(state, `dictionary/penalty-${level}`, 'float32', [rows]);
    addTensor(state, `dictionary/counts-${level}`, 'float64', [rows]);
    addTensor(state, `dictionary/sums-${level}`, 'float64', [rows, shape.dim]);
  });
  addTensor(state, 'dictionary/codes', 'uint32', [items, shape.codes.length]);
  const counters: [string, number][] = [
    ['churn', 1],
    ['held', 0],
    ['assigned', 0],
    ['frozen', 0],
    ['averaged', 0],
    ['perplexity', 0],
    ['dead', 0],
  ];
  for (const [name, value] of counters) state.counters.set(`dictionary/${name}`, value);
}

/** The dictionary of a state: its tensors themselves, not copies. */
export function dictionaryOf(state: TrainingState, shape: RetrievalShape): InterestDictionary {
  const tensors = (name: string) =>
    shape.codes.map((_, level) => float32Tensor(state, `dictionary/${name}-${level}`));
  return {
    dim: shape.dim,
    codebooks: tensors('codebook'),
    penalties: tensors('penalty'),
    kind: shape.dictionaryKind ?? 'residual',
    embedding: shape.interestEmbedding ?? 'concat',
  };
}

/** The first levels of a dictionary. */
export function firstLevels(dictionary: InterestDictionary, levels: number): InterestDictionary {
  const { codebooks, penalties } = dictionary;
  return {
    ...dictionary,
    codebooks: codebooks.slice(0, levels),
    penalties: penalties?.slice(0, levels) ?? [],
  };
}

/** Running averages of a level's codes. */
export function averagesOf(state: TrainingState, level: number): CodebookAverages {
  return {
    counts: tensorOfType(state, `dictionary/counts-${level}`, 'float64').data as Float64Array,
    sums: tensorOfType(state, `dictionary/sums-${level}`, 'float64').data as Float64Array,
  };
}

/** Running averages as the codes stand, as if the steps before had given every code its fair part. */
export function startAverages(
  state: TrainingState,
  dictionary: InterestDictionary,
  rowsPerStep: number,
): void {
  dictionary.codebooks.forEach((codebook, level) => {
    const { counts, sums } = averagesOf(state, level);
    counts.fill(rowsPerStep / counts.length);
    codebook.forEach((value, i) => {
      sums[i] = counts[0]! * value;
    });
  });
  state.counters.set('dictionary/averaged', 1);
}

/** Lets the averages of moved codes start where the codes are now. */
export function restartAverages(
  state: TrainingState,
  dictionary: InterestDictionary,
  level: number,
  moved: readonly number[],
): void {
  if (counter(state, 'dictionary/averaged') === 0) return;
  const { counts, sums } = averagesOf(state, level);
  const { dim } = dictionary;
  const fair = counts.reduce((a, b) => a + b, 0) / counts.length;
  for (const code of moved) {
    counts[code] = fair;
    for (let i = code * dim; i < (code + 1) * dim; i++) sums[i] = fair * dictionary.codebooks[level]![i]!;
  }
}
