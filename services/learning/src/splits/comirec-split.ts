import type { JsonObject } from '@isthmus/proof';

import { type InteractionData, withHistories } from '../interactions/interaction-data.js';
import { emptyHistory, historyPrefix } from '../interactions/user-history.js';
import {
  type EvaluationTargets,
  type EvaluationUser,
  evaluationUser,
  targetPositionsOf,
} from './evaluation-targets.js';
import { numpyPermutation } from './mt19937.js';

/** Training data and targets, apart. Record indices are those of the data that was split. */
export interface ComiRecSplit {
  /** Whole histories of the training users; all other histories are empty. */
  readonly training: InteractionData;
  /** First 80 % of the histories of validation and test users; all other histories are empty. */
  readonly evaluation: InteractionData;
  readonly validation: EvaluationTargets;
  readonly test: EvaluationTargets;
  readonly split: JsonObject;
}

/** Part of an evaluated user's events that is the history. */
const historyShare = 0.8;

/**
 * The split of ComiRec's code (Cen et al. 2020) with the seed of our benchmarks: users permuted by
 * `RandomState(2024)`, 80 % to train on, 10 % for validation, 10 % for the test, so nobody who is evaluated is trained
 * on. Of an evaluated user the first `floor(0.8 n)` events are the history and the rest is the set of targets; users
 * for whom one of the two is empty are left out.
 */
export function splitComiRec(data: InteractionData, options: { readonly seed?: number } = {}): ComiRecSplit {
  const { seed = 2024 } = options;
  const count = data.users.length;
  const permuted = numpyPermutation(seed, count);
  const trained = new Set(permuted.subarray(0, Math.floor(0.8 * count)));
  const evaluatedRecords = (from: number, to: number) => permuted.slice(from, to).sort();
  const evaluation = withHistories(data, ({ history }, record) =>
    trained.has(record) ? emptyHistory : historyPrefix(history, Math.floor(historyShare * history.length)),
  );
  const targetsOf = (name: string, records: Uint32Array): EvaluationTargets => ({
    name,
    users: Array.from(records).flatMap((record): EvaluationUser[] => {
      const whole = data.users[record]!.history;
      const visible = evaluation.users[record]!.history;
      const targets = targetPositionsOf(whole, -1).subarray(visible.length);
      if (visible.length === 0 || targets.length === 0) return [];
      return [evaluationUser(record, visible, whole, targets, -1)];
    }),
  });
  const validationStart = Math.floor(0.8 * count);
  const testStart = Math.floor(0.9 * count);
  return {
    training: withHistories(data, ({ history }, record) => (trained.has(record) ? history : emptyHistory)),
    evaluation,
    validation: targetsOf('comirec-validation', evaluatedRecords(validationStart, testStart)),
    test: targetsOf('comirec', evaluatedRecords(testStart, count)),
    split: { kind: 'comirec', seed },
  };
}
