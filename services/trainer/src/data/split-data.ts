import {
  domainIndex,
  type EvaluationTargets,
  type InteractionData,
  type LeaveLastOutSplit,
  leaveLastOut,
  sampleClicks,
  splitByTime,
  splitColdStart,
  splitComiRec,
  splitMesh,
} from '@isthmus/learning';
import type { JsonObject } from '@isthmus/proof';
import { localSeed } from '../training/local-seed.js';
import type { DomainRoles } from './choose-domains.js';
import type { EvaluationData } from './evaluation-object.js';

/** Ways to cut off the evaluation part, see `docs/data.md`. */
export const splitKinds = ['mesh', 'time', 'leave-last-out', 'comirec', 'warm', 'cold'] as const;

/** How the evaluation part is cut off. */
export type SplitKind = (typeof splitKinds)[number];

/** Whether a split needs a source domain beside the target domain. */
export function needsTwoDomains(kind: SplitKind): boolean {
  return kind !== 'leave-last-out' && kind !== 'comirec';
}

/** Seed of a split where none is given: ComiRec's permutation has its own. */
export function usualSeed(kind: SplitKind): number {
  return kind === 'comirec' ? 2024 : 1;
}

/** What is chosen beside the kind. */
export interface SplitOptions {
  readonly seed: number;
  /** Of `leave-last-out` and `warm`: whether only first purchases are targets. */
  readonly firstOnly?: boolean;
}

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
 * clicks are those of warm users. `time`: everything after 90 % of the time; clicks are the target events there. The
 * others are rankings only: `leave-last-out` and `warm` (the same, on the histories of two domains), `comirec`, `cold`.
 */
export function splitData(
  data: InteractionData,
  { targetDomain }: DomainRoles,
  kind: SplitKind,
  options: SplitOptions,
): SplitData {
  const { seed } = options;
  const domain = domainIndex(data.catalogue.domains, targetDomain);
  const clicksOf = (targets: EvaluationTargets) =>
    sampleClicks(data, targets, { targetDomain: domain, negatives: NEGATIVES, seed: localSeed(seed) });
  switch (kind) {
    case 'mesh': {
      const { training, warm, cold, split } = splitMesh(data, { targetDomain, seed });
      return { training, split, evaluation: { targets: [warm, cold], clicks: clicksOf(warm) } };
    }
    case 'time': {
      const { beforeTest, test, split } = splitByTime(data, { targetDomain });
      return { training: beforeTest, split, evaluation: { targets: [test], clicks: clicksOf(test) } };
    }
    case 'comirec':
      return rankingOnly(splitComiRec(data, { targetDomain, seed }));
    case 'cold':
      return rankingOnly(splitColdStart(data, { targetDomain, seed }));
    default:
      return rankingOnly(
        leaveLastOut(data, { targetDomain, name: kind, firstOnly: options.firstOnly === true }),
      );
  }
}

function rankingOnly({ training, test, split }: LeaveLastOutSplit): SplitData {
  const clicks = {
    records: new Uint32Array(0),
    items: new Uint32Array(0),
    timestampsMs: new Float64Array(0),
    labels: new Uint8Array(0),
  };
  return { training, split, evaluation: { targets: [test], clicks } };
}
