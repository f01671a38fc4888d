import {
  domainIndex,
  type EvaluationTargets,
  type InteractionData,
  sampleClicks,
  splitByTime,
  splitMesh,
} from '@isthmus/learning';
import type { JsonObject } from '@isthmus/proof';
import { localSeed } from '../training/local-seed.js';
import type { DomainRoles } from './choose-domains.js';
import type { EvaluationData } from './evaluation-object.js';

/** How the evaluation part is cut off: per user for rankings of warm and cold users, or at one moment for click models. */
export type SplitKind = 'mesh' | 'time';

/** Training part and evaluation part. */
export interface SplitData {
  readonly training: InteractionData;
  readonly evaluation: EvaluationData;
  /** The split with every parameter, for the description of the data. */
  readonly split: JsonObject;
}

/** Negatives of a click sample for each positive. */
const NEGATIVES = 4;

/**
 * Cuts off what models are measured by. `mesh`: the last target event of warm users, all target events of cold ones;
 * clicks are those of warm users. `time`: everything after 90 % of the time; clicks are the target events there.
 */
export function splitData(
  data: InteractionData,
  { targetDomain }: DomainRoles,
  kind: SplitKind,
  seed: number,
): SplitData {
  const domain = domainIndex(data.catalogue.domains, targetDomain);
  const clicksOf = (targets: EvaluationTargets) =>
    sampleClicks(data, targets, { targetDomain: domain, negatives: NEGATIVES, seed: localSeed(seed) });
  if (kind === 'mesh') {
    const { training, warm, cold, split } = splitMesh(data, { targetDomain, seed });
    return { training, split, evaluation: { targets: [warm, cold], clicks: clicksOf(warm) } };
  }
  const { beforeTest, test, split } = splitByTime(data, { targetDomain });
  return { training: beforeTest, split, evaluation: { targets: [test], clicks: clicksOf(test) } };
}
