import type { ObjectStore } from '@isthmus/chassis';
import {
  type EvaluationTargets,
  evaluateInterests,
  type FrozenPartition,
  findHits,
  hitsToJson,
  type InterestHealth,
  recommendedLists,
} from '@isthmus/learning';
import type { JsonObject } from '@isthmus/proof';
import { fetchEvaluation } from '../data/evaluation-object.js';
import type { PreparedData } from '../data/prepare-data.js';
import { type ModelReference, openModel } from './open-model.js';

/** Where the targets of every user stood in one model's lists: every figure of retrieval can be derived from it again. */
export interface RetrievalEvaluation {
  readonly format: typeof retrievalEvaluationFormat;
  /** Name of the program, or of the file that lists came from. */
  readonly program: string;
  /** SHA-256 of the model's file list; empty for lists of somebody else. */
  readonly modelDigest: string;
  /** SHA-256 of the evaluation object. */
  readonly evaluation: string;
  /** By name of the targets, such as `leave-last-out`. */
  readonly groups: { readonly [name: string]: GroupHits };
  /** Processor time of the masked ranking of all groups, seconds. */
  readonly cpuSeconds: number;
  /** The same by the clock. */
  readonly seconds: number;
}

/** Hits among the targets of one group, as `hitsToJson` writes them. */
export interface GroupHits {
  /** The history left out of the ranking. */
  readonly masked: JsonObject;
  /** The history ranked as well. */
  readonly unmasked: JsonObject;
  /** For models with several interests. */
  readonly interests?: InterestHealth;
}

export const retrievalEvaluationFormat = 'isthmus-retrieval-evaluation/v1';

/** Length of the lists. */
export const listLength = 50;

/** Ranks the whole catalogue for every user of the evaluation, with the history left out and with it. */
export async function evaluateRetrieval(
  objects: ObjectStore,
  reference: ModelReference,
  prepared: PreparedData,
  partition: FrozenPartition,
  now: () => number = () => performance.now(),
): Promise<RetrievalEvaluation> {
  const own = reference.inputs.records.interactions;
  if (own !== prepared.interactions.object)
    throw new Error(`the model was trained on other data: its interactions are ${own ?? 'none'}`);
  const { targets } = await fetchEvaluation(objects, prepared.evaluation);
  const model = await openModel(objects, reference, targets);
  const { recommender } = model;
  if (recommender === undefined) throw new Error(`the program ${model.program.name} makes no recommenders`);
  const groups: { [name: string]: GroupHits } = {};
  const from = now();
  const cpuBefore = process.cpuUsage();
  const rank = (group: EvaluationTargets, masked: boolean) =>
    hitsToJson(findHits(recommendedLists(recommender, group, { k: listLength, masked }), group));
  const masked = targets.map((group) => rank(group, true));
  const cpu = process.cpuUsage(cpuBefore);
  const seconds = (now() - from) / 1000;
  for (const [index, group] of targets.entries()) {
    const interests = evaluateInterests(recommender, group, { k: listLength, partition: partition.groupOf });
    groups[group.name] = {
      masked: masked[index]!,
      unmasked: rank(group, false),
      ...(interests === undefined ? {} : { interests }),
    };
  }
  return {
    format: retrievalEvaluationFormat,
    program: model.program.name,
    modelDigest: model.modelDigest,
    evaluation: prepared.evaluation,
    groups,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    seconds,
  };
}
