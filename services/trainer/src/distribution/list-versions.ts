import type { Model, ModelReplica } from '@isthmus/proto/isthmus/model/v1/model.js';
import { knownReplicas } from './await-replicas.js';
import type { ModelPlace } from './model-place.js';

/** Versions of one answer. */
const PAGE_SIZE = 200;

/** A version with the replicas that serve it, those of all admin ports that were asked. */
export interface ListedVersion {
  readonly model: Model;
  readonly replicas: readonly ModelReplica[];
}

/** The versions that programs know, in order of name and version. Several ports of one mesh tell of the same replicas once. */
export async function listVersions(
  places: readonly ModelPlace[],
  signal?: AbortSignal,
): Promise<ListedVersion[]> {
  const versions = new Map<string, { model: Model; replicas: Map<string, ModelReplica> }>();
  for (const place of places)
    for (const model of await modelsAt(place, signal)) {
      const key = `${model.identity?.name}\0${model.identity?.version}\0${model.identity?.digest}`;
      const known = versions.get(key) ?? { model, replicas: new Map<string, ModelReplica>() };
      for (const replica of knownReplicas(model)) known.replicas.set(replica.id || place.address, replica);
      versions.set(key, known);
    }
  return [...versions.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { model, replicas }]) => ({ model, replicas: [...replicas.values()] }));
}

async function modelsAt({ client }: ModelPlace, signal: AbortSignal | undefined): Promise<Model[]> {
  const models: Model[] = [];
  for (let pageToken = ''; ; ) {
    const page = await client.listModels(
      { pageSize: PAGE_SIZE, pageToken },
      signal === undefined ? {} : { signal },
    );
    models.push(...page.models);
    if (page.nextPageToken === '') return models;
    pageToken = page.nextPageToken;
  }
}
