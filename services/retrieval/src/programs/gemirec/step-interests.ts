import { uint32Tensor } from '@isthmus/learning';
import { writeInterestEmbedding } from '../../domain/interest-dictionary.js';
import { dictionaryOf } from '../training/dictionary-steps.js';
import { drawHardNegatives, type Negatives } from '../training/negatives.js';
import type { StepContext } from '../training/retrieval-design.js';
import type { GemirecNumbers } from './gemirec-plan.js';

/** What the dictionary says of a step. */
export interface StepInterests {
  /** Codes of the histories by level, `[users, length]` each. */
  readonly historyCodes: readonly Int32Array[];
  /** Codes of one coming item of each row, by level. */
  readonly futureCodes: readonly Int32Array[];
  /** Embeddings of the interests of the targets, `[rows, levels * dim]`. */
  readonly embeddings: Float32Array;
  /** What the queries of interests compete with. */
  readonly negatives: Negatives;
}

/** Looks the batch's items up in the dictionary and draws negatives of the targets' interests. */
export function stepInterests(context: StepContext<GemirecNumbers>): StepInterests {
  const { state, shape, batch, numbers, random } = context;
  const codes = uint32Tensor(state, 'dictionary/codes');
  const levels = shape.codes.length;
  const dictionary = dictionaryOf(state, shape);
  const width = levels * shape.dim;
  const codesAt = (rows: Int32Array) =>
    shape.codes.map((_, level) => rows.map((row) => codes[row * levels + level]!));
  const embeddings = new Float32Array(batch.targets.length * width);
  batch.targets.forEach((target, row) => {
    writeInterestEmbedding(
      dictionary,
      codes.subarray(target * levels, (target + 1) * levels),
      embeddings,
      row * width,
    );
  });
  const topCodes = Uint32Array.from({ length: codes.length / levels }, (_, row) => codes[row * levels]!);
  return {
    historyCodes: codesAt(batch.histories),
    futureCodes: codesAt(batch.future),
    embeddings,
    negatives: drawHardNegatives(
      batch.targets,
      uint32Tensor(state, 'catalogue/counts'),
      topCodes,
      shape.codes[0]!,
      context.negatives,
      numbers,
      random,
    ),
  };
}
