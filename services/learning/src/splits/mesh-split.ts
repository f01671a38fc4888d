import type { JsonObject } from '@isthmus/proof';

import { domainIndex, type InteractionData, withHistories } from '../interactions/interaction-data.js';
import { historyPrefix, positionsOfDomain } from '../interactions/user-history.js';
import { coldUser } from './cold-start-split.js';
import { drawColdUsers, withoutDomain } from './cold-users.js';
import { type EvaluationTargets, type EvaluationUser, evaluationUser } from './evaluation-targets.js';

/** Training data and targets, apart. Record indices are those of the data that was split. */
export interface MeshSplit {
  readonly training: InteractionData;
  /** Users with a history in the target domain; one target each. */
  readonly warm: EvaluationTargets;
  /** Users of whom only source events are visible; all their target events are targets. */
  readonly cold: EvaluationTargets;
  readonly split: JsonObject;
}

/**
 * The split of the mesh, which serves both models and both kinds of user. Of the overlapping users `coldShare` (0.2)
 * are cold: their target events are hidden, their source events kept. Everybody else with at least
 * `minimumTargetEvents` (3) is warm: the last target event is the target, and the record ends before it, in the merged
 * order of both domains. The rest is training data only.
 */
export function splitMesh(
  data: InteractionData,
  options: {
    readonly targetDomain: string;
    readonly seed: number;
    readonly coldShare?: number;
    readonly minimumTargetEvents?: number;
  },
): MeshSplit {
  const { targetDomain, seed, coldShare = 0.2, minimumTargetEvents = 3 } = options;
  const domain = domainIndex(data.catalogue.domains, targetDomain);
  const coldRecords = drawColdUsers(data, domain, seed, coldShare).chosen.toSorted((a, b) => a - b);
  const cold = new Set(coldRecords);
  const warm: EvaluationUser[] = [];
  const training = withHistories(data, ({ history }, record) => {
    if (cold.has(record)) return withoutDomain(history, domain);
    const positions = positionsOfDomain(history, domain);
    if (positions.length < minimumTargetEvents) return history;
    const last = positions[positions.length - 1]!;
    const visible = historyPrefix(history, last);
    warm.push(evaluationUser(record, visible, history, [last], domain));
    return visible;
  });
  return {
    training,
    warm: { name: 'warm', users: warm },
    cold: { name: 'cold', users: coldRecords.map((record) => coldUser(data, training, record, domain)) },
    split: { kind: 'mesh', targetDomain, seed, coldShare, minimumTargetEvents },
  };
}
