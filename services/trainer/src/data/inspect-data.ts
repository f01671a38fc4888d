import { type InteractionData, itemsOfDomain } from '@isthmus/learning';
import { type DataSource, loadData } from './load-data.js';

/** What is in a data set, for people who want to know before they train. */
export interface DataInspection {
  readonly users: number;
  readonly items: number;
  readonly events: number;
  /** Every domain, the one with the most events first. */
  readonly domains: readonly DomainCounts[];
  /** Rows that cannot be read, and the first of them in words. */
  readonly badRows: number;
  readonly problems: readonly string[];
}

/** Counts of one domain. */
export interface DomainCounts {
  readonly name: string;
  /** Users with an event in it. */
  readonly users: number;
  readonly items: number;
  readonly events: number;
}

/** Reads a data set and counts. Bad rows are reported and left out. Throws where a file cannot be read at all. */
export async function inspectData(source: DataSource): Promise<DataInspection> {
  const tolerant = source.kind === 'files' ? { ...source, skipBadRows: true } : source;
  const { data, badRows, problems } = await loadData(tolerant);
  const domains = data.catalogue.domains.map((name, domain) => countDomain(data, name, domain));
  return {
    users: data.users.length,
    items: data.catalogue.items.length,
    events: domains.reduce((sum, { events }) => sum + events, 0),
    domains: domains.sort((a, b) => b.events - a.events),
    badRows,
    problems,
  };
}

function countDomain({ users, catalogue }: InteractionData, name: string, domain: number): DomainCounts {
  const counts = users.map(({ history }) =>
    history.domains.reduce((sum, own) => sum + Number(own === domain), 0),
  );
  return {
    name,
    users: counts.filter((events) => events > 0).length,
    items: itemsOfDomain(catalogue, domain).length,
    events: counts.reduce((sum, events) => sum + events, 0),
  };
}
