import type { JsonObject } from '@isthmus/proof';

import { domainIndex, type InteractionData, withHistories } from '../interactions/interaction-data.js';
import { eventsBefore, historyPrefix, positionsOfDomain } from '../interactions/user-history.js';
import { type EvaluationTargets, type EvaluationUser, evaluationUser } from './evaluation-targets.js';

/** Training data and targets, apart. Record indices are those of the data that was split. */
export interface TimeSplit {
  /** Events before the validation cut; a user who came later has an empty history. */
  readonly training: InteractionData;
  /** Events before the test cut: what a model that was chosen on the validation part may see for the test. */
  readonly beforeTest: InteractionData;
  readonly validationCutMs: number;
  readonly testCutMs: number;
  /** Target events from the validation cut to the test cut, on the histories of `training`. */
  readonly validation: EvaluationTargets;
  /** Target events from the test cut on, on the histories of `beforeTest`. */
  readonly test: EvaluationTargets;
  readonly split: JsonObject;
}

/**
 * One cut in time for everybody: the cuts are the timestamps of the events of rank `floor(share n)` over all domains,
 * by default at 80 % and 90 %. Events at a cut belong to what comes after it, so that nothing of equal time leaks.
 */
export function splitByTime(
  data: InteractionData,
  options: {
    readonly targetDomain: string;
    readonly trainingShare?: number;
    readonly validationShare?: number;
  },
): TimeSplit {
  const { targetDomain, trainingShare = 0.8, validationShare = 0.1 } = options;
  const domain = domainIndex(data.catalogue.domains, targetDomain);
  const times = Float64Array.from(data.users.flatMap((user) => Array.from(user.history.timestampsMs))).sort();
  if (times.length === 0) throw new Error('there are no events to split');
  const cutAt = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))]!;
  const validationCutMs = cutAt(trainingShare);
  const testCutMs = cutAt(trainingShare + validationShare);
  const before = (cutMs: number) =>
    withHistories(data, ({ history }) => historyPrefix(history, eventsBefore(history, cutMs)));
  const training = before(validationCutMs);
  const beforeTest = before(testCutMs);
  return {
    training,
    beforeTest,
    validationCutMs,
    testCutMs,
    validation: {
      name: 'time-validation',
      users: usersBetween(data, training, domain, validationCutMs, testCutMs),
    },
    test: {
      name: 'time',
      users: usersBetween(data, beforeTest, domain, testCutMs, Number.POSITIVE_INFINITY),
    },
    split: { kind: 'time', targetDomain, trainingShare, validationShare, validationCutMs, testCutMs },
  };
}

/** Users with a target event in [fromMs, toMs). */
function usersBetween(
  data: InteractionData,
  visible: InteractionData,
  domain: number,
  fromMs: number,
  toMs: number,
): EvaluationUser[] {
  return data.users.flatMap(({ history }, record) => {
    const positions = positionsOfDomain(history, domain).filter((position) => {
      const timestampMs = history.timestampsMs[position]!;
      return timestampMs >= fromMs && timestampMs < toMs;
    });
    if (positions.length === 0) return [];
    return [evaluationUser(record, visible.users[record]!.history, history, positions, domain)];
  });
}
