import type { UserHistory } from '@isthmus/learning';

/** Which events are looked at. */
export interface EventRoles {
  readonly sourceDomains: readonly number[];
  readonly targetDomain: number;
  readonly maxSourceEvents: number;
  readonly maxTargetEvents: number;
}

/** Positions in a history of the latest source and target events among the first `count`, oldest first. */
export interface UsableEvents {
  readonly source: Uint32Array;
  readonly target: Uint32Array;
}

/** The events that a representation (source) and a click head (target) look at, out of the first `count` of a history. */
export function usableEvents(history: UserHistory, count: number, roles: EventRoles): UsableEvents {
  const source: number[] = [];
  const target: number[] = [];
  for (let position = count - 1; position >= 0; position--) {
    const domain = history.domains[position]!;
    if (domain === roles.targetDomain) {
      if (target.length < roles.maxTargetEvents) target.push(position);
    } else if (source.length < roles.maxSourceEvents && roles.sourceDomains.includes(domain)) {
      source.push(position);
    }
  }
  return { source: Uint32Array.from(source.reverse()), target: Uint32Array.from(target.reverse()) };
}

/** Items at the given positions of a history. */
export function itemsAt(history: UserHistory, positions: Uint32Array): Uint32Array {
  return positions.map((position) => history.items[position]!);
}
