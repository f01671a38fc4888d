import { domainIndex, historyEvent, historyFromEvents, type InteractionData } from '@isthmus/learning';

/** The two domains of a mesh: events in the first may cause interest in the second. */
export interface DomainRoles {
  /** Empty where the data has the target domain only. */
  readonly sourceDomain: string;
  readonly targetDomain: string;
}

/**
 * The two domains to work with. What is not given is chosen among the domains with the most events; of two that are
 * both chosen here, the larger one is the target, because there is more to recommend and more to measure by. Ties go to
 * the name that comes first. An empty source domain that is given leaves all domains but the target out.
 * Throws an Error where the data has not the domain that was given, or a single one and `options.alone` is not set.
 */
export function chooseDomains(
  data: InteractionData,
  given: Partial<DomainRoles> = {},
  options: { readonly alone?: boolean } = {},
): DomainRoles {
  const { domains } = data.catalogue;
  for (const name of [given.sourceDomain, given.targetDomain])
    if (name !== undefined && name !== '') domainIndex(domains, name);
  const events = countByDomain(data);
  const ranked = domains
    .map((name, index) => ({ name, events: events[index] ?? 0 }))
    .sort((a, b) => b.events - a.events || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
  const targetDomain = given.targetDomain ?? ranked.find((name) => name !== given.sourceDomain);
  const sourceDomain = given.sourceDomain ?? ranked.find((name) => name !== targetDomain) ?? '';
  if (options.alone === true && sourceDomain === '' && targetDomain !== undefined)
    return { sourceDomain, targetDomain };
  if (targetDomain === undefined || sourceDomain === '' || targetDomain === sourceDomain)
    throw new Error(
      `two domains are needed, a source and a target; the data has ${domains.join(', ') || 'none'}`,
    );
  return { sourceDomain, targetDomain };
}

/** Events of each domain, in the order of the catalogue's domains. */
function countByDomain(data: InteractionData): number[] {
  const counts = new Array<number>(data.catalogue.domains.length).fill(0);
  for (const { history } of data.users) for (const domain of history.domains) counts[domain]! += 1;
  return counts;
}

/**
 * The data of the two domains alone, or of the target domain where there is no other: items are numbered anew in their order, users without an event in either are left out.
 * The same data where it has no others.
 */
export function restrictDomains(data: InteractionData, roles: DomainRoles): InteractionData {
  const { domains, items } = data.catalogue;
  const kept = domains.filter((name) => name === roles.sourceDomain || name === roles.targetDomain);
  if (domains.length === kept.length) return data;
  const newDomain = domains.map((name) => kept.indexOf(name));
  const newItem = new Map<number, number>();
  for (const [index, item] of items.entries())
    if (newDomain[item.domain]! >= 0) newItem.set(index, newItem.size);
  const users = data.users.map(({ id, history }) => {
    const events = Array.from({ length: history.length }, (_, position) => historyEvent(history, position))
      .filter(({ domain }) => newDomain[domain]! >= 0)
      .map((event) => ({ ...event, domain: newDomain[event.domain]!, item: newItem.get(event.item)! }));
    return { id, history: historyFromEvents(events) };
  });
  return {
    catalogue: {
      domains: kept,
      items: [...newItem.keys()].map((index) => ({
        ...items[index]!,
        domain: newDomain[items[index]!.domain]!,
      })),
    },
    users: users.filter(({ history }) => history.length > 0),
  };
}
