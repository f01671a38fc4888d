import type { ObjectStore } from '@isthmus/chassis';
import { encodeCatalogueItem, encodeUserHistory, type InteractionData } from '@isthmus/learning';
import { type EncodedRecordSet, encodeRecordSet, type JsonObject } from '@isthmus/proof';

/** A committed record set. */
export interface CommittedRecords {
  /** SHA-256 of the description object: what a run names as its input. */
  readonly object: string;
  /** Number of records. */
  readonly size: number;
  /** Merkle root, hexadecimal. */
  readonly root: string;
}

const nothing = new Uint8Array(0);

/**
 * Commits the two record sets of a data set: `interactions`, a record for each user, and `items`, a record for each
 * item of the catalogue.
 * @param description what both sets say of themselves, see `describeInteractions`
 */
export async function commitData(
  objects: ObjectStore,
  data: InteractionData,
  description: JsonObject,
): Promise<{ readonly interactions: CommittedRecords; readonly items: CommittedRecords }> {
  const users = data.users.map(({ id, history }) => ({ x: encodeUserHistory(history), y: nothing, id }));
  const items = data.catalogue.items.map((item, index) => ({
    x: encodeCatalogueItem(item),
    y: nothing,
    id: BigInt(index),
  }));
  return {
    interactions: await storeSet(objects, encodeRecordSet(users, description)),
    items: await storeSet(objects, encodeRecordSet(items, description)),
  };
}

async function storeSet(objects: ObjectStore, set: EncodedRecordSet): Promise<CommittedRecords> {
  await objects.put(set.blob);
  const object = await objects.put(set.descriptionBytes);
  return { object, size: set.size, root: set.root };
}
