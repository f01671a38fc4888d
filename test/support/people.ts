import { type ObjectStore, openObjectStore } from '@isthmus/chassis';
import { UserContext } from '@isthmus/proto/isthmus/model/v1/user.js';
import { fetchEvaluation, type PreparedReader, readPrepared } from '@isthmus/trainer';
import type { SmallMesh } from './small-mesh.js';

/** The users of the small mesh, as requests describe them. */
export interface People {
  readonly data: PreparedReader;
  readonly sourceDomain: string;
  readonly targetDomain: string;
  /** Records of users with events in both domains. */
  readonly warm: readonly number[];
  /** Records of users whose target events were all held out: they have source events only. */
  readonly cold: readonly number[];
  /** Everything that the models may know of the user of a record. */
  context(record: number): UserContext;
}

/** Reads the users of the small mesh. */
export async function people({ objectsUrl, prepared }: SmallMesh): Promise<People> {
  const objects: ObjectStore = openObjectStore(objectsUrl);
  const data = await readPrepared(objects, prepared);
  const { targets } = await fetchEvaluation(objects, prepared.evaluation);
  const usersOf = (group: string) => targets.find(({ name }) => name === group)?.users ?? [];
  return {
    data,
    sourceDomain: prepared.sourceDomain,
    targetDomain: prepared.targetDomain,
    warm: usersOf('warm').map(({ record }) => record),
    cold: usersOf('cold').map(({ record }) => record),
    context: (record) =>
      UserContext.fromPartial({
        userId: `user-${record}`,
        events: data.history(record).map(({ domain, itemId, timestampMs }) => ({
          domain,
          itemId,
          timestampMs: BigInt(timestampMs),
        })),
      }),
  };
}
