import type { Inputs, RecordInput } from '@isthmus/proof';

import { decodeCatalogueItem } from './catalogue-item-codec.js';
import { type InteractionDescription, parseDescription } from './description.js';
import { type CatalogueItem, domainIndex } from './interaction-data.js';
import type { UserHistory } from './user-history.js';
import { decodeUserHistory } from './user-history-codec.js';

/** A program's view of its two committed record sets, `interactions` and `items`. */
export interface CommittedInteractions {
  readonly description: InteractionDescription;
  /** Index of the target domain. */
  readonly targetDomain: number;
  /** Number of user records. */
  readonly users: number;
  /** Number of items. */
  readonly items: number;
  /** History of a record; each call counts as a read of the segment. */
  history(record: number): UserHistory;
  /** An item; each call counts as a read of the segment. */
  item(index: number): CatalogueItem;
}

/**
 * Opens the inputs of a run. Records are decoded once for one `Inputs` object, but every call also reads the record,
 * so the reads that a segment logs do not depend on what was read before it: a replay of one segment alone logs the
 * same ones.
 */
export function openInteractions(inputs: Inputs): CommittedInteractions {
  const known = opened.get(inputs);
  if (known !== undefined) return known;
  const users = inputs.records('interactions');
  const items = inputs.records('items');
  const description = parseDescription(users.description);
  if (description.users !== users.size || description.items !== items.size) {
    throw new Error(
      `the data set describes ${description.users} users and ${description.items} items, but has ${users.size} and ${items.size} records`,
    );
  }
  const result: CommittedInteractions = {
    description,
    targetDomain: domainIndex(description.domains, description.targetDomain),
    users: users.size,
    items: items.size,
    history: decodedReads(users, decodeUserHistory),
    item: decodedReads(items, decodeCatalogueItem),
  };
  opened.set(inputs, result);
  return result;
}

const opened = new WeakMap<Inputs, CommittedInteractions>();

function decodedReads<T>(records: RecordInput, decode: (bytes: Uint8Array) => T): (index: number) => T {
  const decoded: (T | undefined)[] = new Array(records.size);
  return (index) => {
    const bytes = records.read(index);
    const known = decoded[index];
    if (known !== undefined) return known;
    const value = decode(bytes);
    decoded[index] = value;
    return value;
  };
}
