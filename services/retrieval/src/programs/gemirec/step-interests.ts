import { counter, log, type Random, uint32Tensor } from '@isthmus/learning';
import { rowsByCell, tupleNumber, writeInterestEmbedding } from '../../domain/interest-dictionary.js';
import { dictionaryOf } from '../training/dictionary-steps.js';
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
  /** Catalogue rows drawn from the interest of each row's target, `[rows, perRow]`. */
  readonly rivals: Int32Array;
  /**
   * Log of how many items of the interest each of them stands for, `[rows, perRow]`; -1e9 for the target itself, so that their
   * softmax is an estimate of the one over the whole interest.
   */
  readonly rivalShifts: Float32Array;
  readonly perRow: number;
}

/** Looks the batch's items up in the dictionary and draws rivals of the targets from their interests. */
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
    const tuple = codes.subarray(target * levels, (target + 1) * levels);
    writeInterestEmbedding(dictionary, tuple, embeddings, row * width);
  });
  return {
    historyCodes: codesAt(batch.histories),
    futureCodes: codesAt(batch.future),
    embeddings,
    ...drawRivals(
      batch.targets,
      rivalGroups(codes, shape.codes, numbers.rivalsFrom, counter(state, 'catalogue/targets')),
      numbers.hardNegatives,
      random,
    ),
  };
}

/**
 * Items of one group are rivals: those of an interest, or all; items of other domains, which are never ranked, are among themselves.
 *
 * @param targets rows of the target domain, which stand first
 */
function rivalGroups(
  codes: Uint32Array,
  counts: readonly number[],
  from: GemirecNumbers['rivalsFrom'],
  targets: number,
): Uint32Array {
  const levels = counts.length;
  return Uint32Array.from({ length: codes.length / levels }, (_, row) => {
    const side = row < targets ? 0 : 1;
    if (from === 'catalogue') return side;
    return 2 * tupleNumber(counts, codes, row * levels) + side;
  });
}

/** Uniform draws, with repetition, from the items of each target's group. */
function drawRivals(
  targets: Int32Array,
  groups: Uint32Array,
  perRow: number,
  random: Random,
): Pick<StepInterests, 'rivals' | 'rivalShifts' | 'perRow'> {
  // Codes change at a refresh, so the lists are made anew; that costs one look at each item.
  const members = rowsByCell(groups);
  const rivals = new Int32Array(targets.length * perRow);
  const rivalShifts = new Float32Array(rivals.length);
  targets.forEach((target, row) => {
    const of = members.get(groups[target]!)!;
    const shift = log(of.length / perRow);
    for (let at = row * perRow; at < (row + 1) * perRow; at++) {
      rivals[at] = of[random.below(of.length)]!;
      rivalShifts[at] = rivals[at] === target ? -1e9 : shift;
    }
  });
  return { rivals, rivalShifts, perRow };
}
