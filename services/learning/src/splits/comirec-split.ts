import type { JsonObject } from '@isthmus/proof';

import { eventPositions } from '../interactions/event-positions.js';
import { domainIndex, type InteractionData, withHistories } from '../interactions/interaction-data.js';
import { emptyHistory, historyPrefix, historySuffix } from '../interactions/user-history.js';
import { encodeRecordBitmap } from '../interactions/validation-rule.js';
import { type EvaluationTargets, type EvaluationUser, evaluationUser } from './evaluation-targets.js';
import { numpyPermutation } from './mt19937.js';

/** Training data and targets, apart. Record indices are those of the data that was split. */
export interface ComiRecSplit {
  /**
   * Whole histories of the users to train on and of those to validate by, whom `split.validation` tells apart (see
   * `isValidationRecord`); the histories of test users are empty.
   */
  readonly training: InteractionData;
  /** Test users, each with the history that a model may see. */
  readonly test: EvaluationTargets;
  readonly split: JsonObject;
}

/** Part of an evaluated user's events that is the history. */
const historyShare = 0.8;
/** Latest events of the history that a model sees. */
const historyEvents = 50;

/**
 * The split of ComiRec's code (Cen et al. 2020) with the seed of our benchmarks: users permuted by
 * `RandomState(2024)`, 80 % to train on, 10 % for validation, 10 % for the test, so nobody who is evaluated is trained
 * on. Of an evaluated user the first `floor(0.8 n)` events are the history, of which a model sees the last 50, and the
 * rest is the set of targets; users for whom one of the two is empty are left out. Everything in the history is masked.
 *
 * @param options.targetDomain name of the domain that targets are from, by default all domains
 */
export function splitComiRec(
  data: InteractionData,
  options: { readonly seed?: number; readonly targetDomain?: string } = {},
): ComiRecSplit {
  const { seed = 2024 } = options;
  const targetDomain =
    options.targetDomain === undefined ? -1 : domainIndex(data.catalogue.domains, options.targetDomain);
  const count = data.users.length;
  const permuted = numpyPermutation(seed, count);
  const testStart = Math.floor(0.9 * count);
  const tested = permuted.slice(testStart).sort();
  const isTested = new Set(tested);
  const users = Array.from(tested).flatMap((record): EvaluationUser[] => {
    const whole = data.users[record]!.history;
    const cut = Math.floor(historyShare * whole.length);
    const targets = eventPositions(whole, { targetDomain }).filter((position) => position >= cut);
    if (cut === 0 || targets.length === 0) return [];
    const known = historyPrefix(whole, cut);
    const history = historySuffix(known, historyEvents);
    return [{ ...evaluationUser(record, known, whole, targets, targetDomain), history }];
  });
  return {
    training: withHistories(data, ({ history }, record) => (isTested.has(record) ? emptyHistory : history)),
    test: { name: 'comirec', users },
    split: {
      kind: 'comirec',
      targetDomain: options.targetDomain ?? null,
      seed,
      validation: {
        rule: 'later-part',
        share: historyShare,
        records: encodeRecordBitmap(permuted.subarray(Math.floor(0.8 * count), testStart), count),
      },
    },
  };
}
