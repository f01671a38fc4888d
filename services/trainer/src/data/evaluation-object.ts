import type { ObjectStore } from '@isthmus/chassis';
import {
  type ClickSamples,
  type EvaluationTargets,
  evaluationFromJson,
  evaluationToJson,
} from '@isthmus/learning';
import type { Json, JsonObject } from '@isthmus/proof';

/** What models are measured by, and no program ever sees: an object of its own beside the committed data. */
export interface EvaluationData {
  /** Groups of users with the items that they took after the cut. */
  readonly targets: readonly EvaluationTargets[];
  /** Samples for click models. */
  readonly clicks: ClickSamples;
}

const format = 'isthmus-evaluation/v1';

/** Stores evaluation data as JSON; returns the SHA-256 of the object. */
export async function storeEvaluation(
  objects: ObjectStore,
  { targets, clicks }: EvaluationData,
): Promise<string> {
  const json = {
    format,
    targets: targets.map(evaluationToJson),
    clicks: {
      records: Array.from(clicks.records),
      items: Array.from(clicks.items),
      timestampsMs: Array.from(clicks.timestampsMs),
      labels: Array.from(clicks.labels),
    },
  };
  return objects.put(new TextEncoder().encode(JSON.stringify(json)));
}

/** Reads what {@link storeEvaluation} stored. Throws an Error where the object is something else. */
export async function fetchEvaluation(objects: ObjectStore, sha256: string): Promise<EvaluationData> {
  const json = JSON.parse(new TextDecoder().decode(await objects.get(sha256))) as JsonObject;
  const { targets, clicks } = json;
  if (json.format !== format || !Array.isArray(targets) || typeof clicks !== 'object' || clicks === null)
    throw new Error(`the object ${sha256} holds no evaluation data`);
  const column = (name: string): number[] => {
    const values: Json | undefined = (clicks as JsonObject)[name];
    if (!Array.isArray(values)) throw new Error(`the evaluation data ${sha256} has no column ${name}`);
    return values as number[];
  };
  return {
    targets: (targets as JsonObject[]).map(evaluationFromJson),
    clicks: {
      records: Uint32Array.from(column('records')),
      items: Uint32Array.from(column('items')),
      timestampsMs: Float64Array.from(column('timestampsMs')),
      labels: Uint8Array.from(column('labels')),
    },
  };
}
