import type { JsonObject } from '@isthmus/proof';

import { domainIndex, type InteractionData, withHistories } from '../interactions/interaction-data.js';
import { historyPrefix } from '../interactions/user-history.js';
import {
  type EvaluationTargets,
  type EvaluationUser,
  evaluationUser,
  targetPositionsOf,
} from './evaluation-targets.js';

/** Training data and targets, apart. Record indices are those of the data that was split. */
export interface LeaveLastOutSplit {
  /** Of evaluated users everything before their target; of the others everything. */
  readonly training: InteractionData;
  readonly test: EvaluationTargets;
  /** For the description of the training data. */
  readonly split: JsonObject;
}

/**
 * The last event of each user is the target, and the history ends before it. Users with fewer than `minimumEvents`
 * (default 3) in the target domain are not evaluated. With several domains, events of the others after the target are
 * cut off as well. The last event of a training history serves as validation target for whoever wants one.
 *
 * @param options.targetDomain name of the domain that targets are from; by default all domains
 */
export function leaveLastOut(
  data: InteractionData,
  options: { readonly targetDomain?: string; readonly minimumEvents?: number } = {},
): LeaveLastOutSplit {
  const { minimumEvents = 3 } = options;
  const domain =
    options.targetDomain === undefined ? -1 : domainIndex(data.catalogue.domains, options.targetDomain);
  const users: EvaluationUser[] = [];
  const training = withHistories(data, ({ history }, record) => {
    const positions = targetPositionsOf(history, domain);
    if (positions.length < minimumEvents) return history;
    const last = positions[positions.length - 1]!;
    const visible = historyPrefix(history, last);
    users.push(evaluationUser(record, visible, history, [last], domain));
    return visible;
  });
  return {
    training,
    test: { name: 'leave-last-out', users },
    split: { kind: 'leave-last-out', targetDomain: options.targetDomain ?? null, minimumEvents },
  };
}
