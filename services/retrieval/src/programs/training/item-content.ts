import type { SparseMatrix } from '@isthmus/kernels';
import { float32Tensor, type TrainingState } from '@isthmus/learning';
import { type CatalogueText, catalogueText } from './training-catalogue.js';

/** Vectors of the features, `[categories + tokens, dim]`, categories first; a parameter of training alone. */
export const contentWeight = 'content';

/** The features of the rows of a catalogue: those of row r from `starts[r]` to `starts[r + 1]`. */
interface RowFeatures {
  readonly starts: Uint32Array;
  readonly features: Uint32Array;
}

/** Features that items of a catalogue have: its categories and its tokens. */
export function featureCount({ categories, tokens }: CatalogueText): number {
  return categories.length + tokens.length;
}

/** The features of some rows, as a matrix over those that occur in them. */
export interface StepContent {
  /** `[rows, used]`, mean of a row's features; an item without features has an empty row. */
  readonly means: SparseMatrix;
  /** Features of the columns, ascending. */
  readonly used: Uint32Array;
}

/** What the items of a step are made of; undefined where the run has no content. */
export function stepContent(
  state: TrainingState,
  prefix: string,
  rows: Uint32Array,
): StepContent | undefined {
  const table = state.tensors.get(prefix + contentWeight);
  if (table === undefined) return undefined;
  const { starts, features } = featuresOf(catalogueText(state));
  const column = new Int32Array(table.shape[0]!).fill(-1);
  const offsets = new Int32Array(rows.length + 1);
  rows.forEach((row, i) => {
    for (let at = starts[row]!; at < starts[row + 1]!; at++) column[features[at]!] = 0;
    offsets[i + 1] = offsets[i]! + starts[row + 1]! - starts[row]!;
  });
  const used = Uint32Array.from(column.keys()).filter((feature) => column[feature] === 0);
  used.forEach((feature, i) => {
    column[feature] = i;
  });
  const indices = new Int32Array(offsets[rows.length]!);
  const values = new Float32Array(indices.length);
  let next = 0;
  rows.forEach((row) => {
    const count = starts[row + 1]! - starts[row]!;
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      indices[next] = column[features[at]!]!;
      values[next++] = 1 / count;
    }
  });
  const means = { rows: rows.length, columns: used.length, starts: offsets, indices, values };
  return { means, used };
}

/** Adds the mean of the vectors of its features to the vector of each row, summed in float64. */
export function addContent(
  state: TrainingState,
  prefix: string,
  rows: Uint32Array,
  vectors: Float32Array,
): void {
  const weight = float32Tensor(state, prefix + contentWeight);
  const { starts, features } = featuresOf(catalogueText(state));
  const dim = vectors.length / rows.length;
  const sum = new Float64Array(dim);
  rows.forEach((row, at) => {
    const count = starts[row + 1]! - starts[row]!;
    if (count === 0) return;
    sum.fill(0);
    for (let place = starts[row]!; place < starts[row + 1]!; place++) {
      const from = features[place]! * dim;
      for (let i = 0; i < dim; i++) sum[i]! += weight[from + i]!;
    }
    for (let i = 0; i < dim; i++) vectors[at * dim + i]! += sum[i]! / count;
  });
}

function featuresOf(text: CatalogueText): RowFeatures {
  let known = featuresByText.get(text);
  if (known === undefined) {
    const tokensFrom = text.categories.length;
    const lists = text.categoryOf.map((category, row) => {
      const tokens = text.tokensOf[row]!.map((token) => tokensFrom + token);
      return category < 0 ? tokens : [category, ...tokens];
    });
    const starts = new Uint32Array(lists.length + 1);
    lists.forEach((list, row) => {
      starts[row + 1] = starts[row]! + list.length;
    });
    known = { starts, features: Uint32Array.from(lists.flat()) };
    featuresByText.set(text, known);
  }
  return known;
}

/** Functions of the text, so they are kept by it. */
const featuresByText = new WeakMap<CatalogueText, RowFeatures>();
