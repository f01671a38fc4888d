import type { JsonObject } from '@isthmus/proof';

import { eventPositions } from '../interactions/event-positions.js';
import { domainIndex, type InteractionData, withHistories } from '../interactions/interaction-data.js';
import { historyPrefix } from '../interactions/user-history.js';
import { type EvaluationTargets, type EvaluationUser, evaluationUser } from './evaluation-targets.js';

/** Training data and targets, apart. Record indices are those of the data that was split. */
export interface LeaveLastOutSplit {
  /**
   * Of evaluated users everything before their target, which is the history at the test; of the others everything. The
   * last event in it is held back from learning, see `isValidationRecord`.
   */
  readonly training: InteractionData;
  readonly test: EvaluationTargets;
  /** For the description of the training data. */
  readonly split: JsonObject;
}

/**
 * The last event of each user is the target and the history ends before it; the last event before that is for
 * validation, and a program learns from what stands before that one. Users with fewer than `minimumEvents` (default 3)
 * that count are not evaluated.
 *
 * @param options.targetDomain name of the domain that targets are from, by default all domains. Histories hold the
 *   events of all domains in one order, which is the protocol `warm` for a target domain of several
 * @param options.firstOnly whether only first purchases count: events whose item the user had not had before
 */
export function leaveLastOut(
  data: InteractionData,
  options: {
    readonly targetDomain?: string;
    readonly minimumEvents?: number;
    readonly firstOnly?: boolean;
    readonly name?: 'leave-last-out' | 'warm';
  } = {},
): LeaveLastOutSplit {
  const { minimumEvents = 3, firstOnly = false, name = 'leave-last-out' } = options;
  const targetDomain =
    options.targetDomain === undefined ? -1 : domainIndex(data.catalogue.domains, options.targetDomain);
  const users: EvaluationUser[] = [];
  const training = withHistories(data, ({ history }, record) => {
    const positions = eventPositions(history, { targetDomain, firstOnly });
    if (positions.length < minimumEvents) return history;
    const last = positions[positions.length - 1]!;
    const visible = historyPrefix(history, last);
    users.push(evaluationUser(record, visible, history, [last], targetDomain));
    return visible;
  });
  return {
    training,
    test: { name, users },
    split: {
      kind: name,
      targetDomain: options.targetDomain ?? null,
      minimumEvents,
      validation: { rule: 'last-event', firstOnly },
    },
  };
}
