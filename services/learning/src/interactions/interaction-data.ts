import type { UserHistory } from './user-history.js';

/** An item of the catalogue. */
export interface CatalogueItem {
  /** The item's name in its source, unique within its domain. */
  readonly itemId: string;
  /** Index of the domain in {@link Catalogue.domains}. */
  readonly domain: number;
  /** Known category; '' where there is none. Equal names mean the same category in every domain. */
  readonly category: string;
  /** Words or attributes, in the order of the source. */
  readonly tokens: readonly string[];
  /** Numeric features, finite; all items of a catalogue have equally many, or none. */
  readonly numbers: Float32Array;
}

/** All items. The position in `items` is THE item index everywhere: in histories, models and results. */
export interface Catalogue {
  /** Names of the domains, at most 256. */
  readonly domains: readonly string[];
  readonly items: readonly CatalogueItem[];
}

/** A user under a salted id. */
export interface UserRecord {
  /** Unsigned 64-bit salted hash of the user's name, see `hashUserId`. */
  readonly id: bigint;
  readonly history: UserHistory;
}

/** A data set in memory. The position in `users` is the record index everywhere. */
export interface InteractionData {
  readonly catalogue: Catalogue;
  readonly users: readonly UserRecord[];
}

/** Number of events of all users. */
export function countEvents(data: InteractionData): number {
  return data.users.reduce((sum, user) => sum + user.history.length, 0);
}

/** Index of a domain by its name. Throws an Error that lists the known names. */
export function domainIndex(domains: readonly string[], name: string): number {
  const index = domains.indexOf(name);
  if (index < 0) throw new Error(`there is no domain '${name}': the data has ${domains.join(', ')}`);
  return index;
}

/** Item indices of one domain, ascending. */
export function itemsOfDomain(catalogue: Catalogue, domain: number): Uint32Array {
  const indices: number[] = [];
  for (const [index, item] of catalogue.items.entries()) {
    if (item.domain === domain) indices.push(index);
  }
  return Uint32Array.from(indices);
}

/** The same data with other histories, user by user. */
export function withHistories(
  data: InteractionData,
  historyOf: (user: UserRecord, record: number) => UserHistory,
): InteractionData {
  const users = data.users.map((user, record) => ({ id: user.id, history: historyOf(user, record) }));
  return { catalogue: data.catalogue, users };
}
