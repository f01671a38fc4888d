import type { InteractionData } from '../interactions/interaction-data.js';
import { hashUserId } from '../interactions/user-id.js';
import { CatalogueBuilder } from './catalogue-builder.js';
import type { EventColumns, ItemColumns, PartialColumns } from './column-map.js';
import { type DataProblem, DataProblems, fileError } from './data-problems.js';
import { DomainNumbers } from './domain-numbers.js';
import { readEvents, resolveColumn } from './event-reader.js';
import { EventStore } from './event-store.js';
import { readItems } from './item-reader.js';
import { openTable } from './open-table.js';
import { defaultFileLimits, type FileLimits } from './table.js';

/** A file and how to understand it. */
export interface DataFile<T> {
  readonly path: string;
  /** Columns whose names are not the customary ones. */
  readonly columns?: PartialColumns<T>;
  /** Domain of the whole file, for files without a domain column. */
  readonly domain?: string;
}

/** What to read. */
export interface DataFiles {
  readonly events: readonly DataFile<EventColumns>[];
  /** With none, the catalogue is what the events name. */
  readonly items?: readonly DataFile<ItemColumns>[];
}

/** How to read it. */
export interface ReadOptions {
  /** At least 16 secret bytes that user names are hashed with. */
  readonly salt: Uint8Array;
  /** Domains to keep, in the order of their numbers. By default all, by ascending name. */
  readonly domains?: readonly string[];
  /** Leaves bad rows out and reports them in the result; by default they are an error. */
  readonly skipBadRows?: boolean;
  readonly limits?: Partial<FileLimits>;
}

/** What was read. */
export interface ReadResult {
  readonly data: InteractionData;
  /** Bad rows that were left out: their number and the first 20. */
  readonly badRows: number;
  readonly problems: readonly DataProblem[];
  /** Events of domains that were not asked for. */
  readonly otherDomainEvents: number;
  /** Items listed in one domain and taken in another, which therefore stand in both. */
  readonly itemsInSeveralDomains: number;
}

/** Domain of files that name none. */
const onlyDomain = 'items';

/**
 * Reads interaction data. Users stand in the order of their first event in the files, items in that of the item files
 * (or of their first event, where there is none); users without an event in the domains asked for are left out.
 *
 * @throws DataFormatError with file, row and column of the first 20 problems and the number of all
 */
export async function readInteractions(files: DataFiles, options: ReadOptions): Promise<ReadResult> {
  const limits = { ...defaultFileLimits, ...options.limits };
  const problems = new DataProblems();
  const domains = new DomainNumbers(options.domains);
  const catalogue = new CatalogueBuilder(domains, limits);
  const hasItemFiles = (files.items ?? []).length > 0;
  for (const file of files.items ?? []) await readItemFile(file, catalogue, limits, problems);
  const users = new Map<string, number>();
  const store = new EventStore();
  let otherDomainEvents = 0;
  for (const file of files.events) {
    const table = await openTable(file.path, limits);
    const events = readEvents(table, file.columns ?? {}, file.domain ?? onlyDomain, problems);
    for await (const event of events) {
      const domain = domains.numberOf(event.domain);
      if (domain === undefined) {
        otherDomainEvents++;
        continue;
      }
      const known =
        catalogue.find(domain, event.itemId) ?? catalogue.addFromOtherDomain(file.path, domain, event.itemId);
      if (known === undefined && hasItemFiles) {
        const problem = `item '${event.itemId}' of domain '${event.domain}' is in no item file`;
        problems.add({ file: file.path, row: event.row, column: '', problem });
        continue;
      }
      const item = known ?? catalogue.add(file.path, domain, { ...bareItem, ...event });
      let user = users.get(event.userId);
      if (user === undefined) {
        user = users.size;
        if (user >= limits.maximumUsers)
          throw fileError(file.path, `has more than ${limits.maximumUsers} users`);
        users.set(event.userId, user);
      }
      store.add(user, item, domain, event.timestampMs, event.value);
    }
  }
  if (options.skipBadRows !== true) problems.throwIfAny();
  if (store.size === 0)
    throw fileError(files.events[0]?.path ?? '(no file)', 'has no event of the domains asked for');
  const ids = hashedIds(users, options.salt);
  const histories = store.histories(users.size);
  const data = {
    catalogue: catalogue.build(),
    users: histories.map((history, user) => ({ id: ids[user]!, history })),
  };
  return {
    data: options.domains === undefined ? withSortedDomains(data) : data,
    badRows: problems.total,
    problems: problems.first,
    otherDomainEvents,
    itemsInSeveralDomains: catalogue.copies,
  };
}

const bareItem = { category: '', tokens: [] as readonly string[], numbers: [] as readonly number[] };

async function readItemFile(
  file: DataFile<ItemColumns>,
  catalogue: CatalogueBuilder,
  limits: FileLimits,
  problems: DataProblems,
): Promise<void> {
  const table = await openTable(file.path, limits);
  const isShared = resolveColumn(table, file.columns?.domain, 'domain') !== '';
  for await (const item of readItems(table, file.columns ?? {}, file.domain ?? onlyDomain, problems)) {
    if (isShared) catalogue.share(item);
    const domain = catalogue.domains.numberOf(item.domain);
    if (domain === undefined) continue;
    if (catalogue.find(domain, item.itemId) !== undefined) {
      const problem = `item '${item.itemId}' of domain '${item.domain}' is there twice`;
      problems.add({ file: file.path, row: item.row, column: '', problem });
    } else catalogue.add(file.path, domain, item);
  }
}

function hashedIds(users: ReadonlyMap<string, number>, salt: Uint8Array): readonly bigint[] {
  const ids = Array.from(users.keys(), (userId) => hashUserId(salt, userId));
  if (new Set(ids).size !== ids.length)
    throw new Error('two users have the same salted id: choose another salt');
  return ids;
}

/** Domains renumbered by ascending name, so that the order of the rows does not decide. */
function withSortedDomains(data: InteractionData): InteractionData {
  const { domains, items } = data.catalogue;
  const sorted = domains.toSorted();
  const numbers = domains.map((name) => sorted.indexOf(name));
  return {
    catalogue: { domains: sorted, items: items.map((item) => ({ ...item, domain: numbers[item.domain]! })) },
    users: data.users.map(({ id, history }) => ({
      id,
      history: { ...history, domains: history.domains.map((domain) => numbers[domain]!) },
    })),
  };
}
