import type { UserHistory } from '@isthmus/learning';

/** Items of a history that count: the latest `maxLength` events of all domains or of the target domain, oldest first. */
export function countedHistory(
  history: UserHistory,
  targetDomain: number,
  { sources, maxLength }: { readonly sources: 'all' | 'target'; readonly maxLength: number },
): Uint32Array {
  const items =
    sources === 'all'
      ? history.items
      : history.items.filter((_, position) => history.domains[position] === targetDomain);
  return items.subarray(Math.max(0, items.length - maxLength));
}
