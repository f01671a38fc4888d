import type { JsonObject } from '@isthmus/proof';

import { domainIndex, type InteractionData, withHistories } from '../interactions/interaction-data.js';
import { positionsOfDomain } from '../interactions/user-history.js';
import { encodeRecordBitmap } from '../interactions/validation-rule.js';
import { drawColdUsers, withoutDomain } from './cold-users.js';
import { type EvaluationTargets, evaluationUser } from './evaluation-targets.js';

/** Training data and targets, apart. Record indices are those of the data that was split. */
export interface ColdStartSplit {
  /**
   * Test users keep their source events only, everybody else keeps everything. The target events of the users to
   * validate by are told by `split.validation` (see `isValidationRecord`): nothing is learnt from them.
   */
  readonly training: InteractionData;
  readonly test: EvaluationTargets;
  readonly split: JsonObject;
}

/**
 * Users who are new in the target domain: of the overlapping users `testShare` (0.2) are test users and
 * `validationShare` (0.1) of the rest validation users; all their target events are hidden. There is no time order
 * here: it measures transfer, not forecasting.
 */
export function splitColdStart(
  data: InteractionData,
  options: {
    readonly targetDomain: string;
    readonly seed: number;
    readonly testShare?: number;
    readonly validationShare?: number;
  },
): ColdStartSplit {
  const { targetDomain, seed, testShare = 0.2, validationShare = 0.1 } = options;
  const domain = domainIndex(data.catalogue.domains, targetDomain);
  const drawn = drawColdUsers(data, domain, seed, testShare);
  const validationRecords = drawn.rest.slice(0, Math.floor(validationShare * drawn.rest.length));
  const cold = new Set(drawn.chosen);
  const training = withHistories(data, ({ history }, record) =>
    cold.has(record) ? withoutDomain(history, domain) : history,
  );
  const tested = drawn.chosen.toSorted((a, b) => a - b);
  return {
    training,
    test: { name: 'cold', users: tested.map((record) => coldUser(data, training, record, domain)) },
    split: {
      kind: 'cold',
      targetDomain,
      seed,
      testShare,
      validationShare,
      validation: {
        rule: 'target-domain',
        records: encodeRecordBitmap(validationRecords, data.users.length),
      },
    },
  };
}

/** All target events of a user who is cold in `training`. */
export function coldUser(data: InteractionData, training: InteractionData, record: number, domain: number) {
  const whole = data.users[record]!.history;
  const visible = training.users[record]!.history;
  return evaluationUser(record, visible, whole, positionsOfDomain(whole, domain), domain);
}
