import type { ObjectStore } from '@isthmus/chassis';
import { type CatalogueItem, historyEvent, openInteractions } from '@isthmus/learning';
import { openInputs } from '../inputs/open-inputs.js';
import { type PreparedData, recordsOf } from './prepare-data.js';

/** An item of prepared data, for people and for requests to a service. */
export interface PreparedItem extends Pick<CatalogueItem, 'itemId' | 'category' | 'tokens'> {
  /** Name of the domain. */
  readonly domain: string;
}

/** An event of prepared data. */
export interface PreparedEvent extends PreparedItem {
  /** Unix time in milliseconds. */
  readonly timestampMs: number;
}

/** Prepared data, read back by index. */
export interface PreparedReader {
  /** Number of user records. */
  readonly users: number;
  /** Number of items. */
  readonly items: number;
  /** What a model may know of a user, oldest first. */
  history(record: number): readonly PreparedEvent[];
  item(index: number): PreparedItem;
}

/** Fetches prepared data from the store and checks it against its Merkle roots. Throws the store's error or a `ProofError`. */
export async function readPrepared(objects: ObjectStore, prepared: PreparedData): Promise<PreparedReader> {
  const { inputs } = await openInputs(objects, { records: recordsOf(prepared) });
  const interactions = openInteractions(inputs);
  const { domains } = interactions.description;
  const item = (index: number): PreparedItem => {
    const { itemId, domain, category, tokens } = interactions.item(index);
    return { itemId, domain: domains[domain]!, category, tokens };
  };
  return {
    users: interactions.users,
    items: interactions.items,
    item,
    history(record) {
      const history = interactions.history(record);
      return Array.from({ length: history.length }, (_, position) => {
        const event = historyEvent(history, position);
        return { ...item(event.item), timestampMs: event.timestampMs };
      });
    },
  };
}
