import { requireKnownDomains } from '@isthmus/chassis';
import type { UserContext } from '@isthmus/proto/isthmus/model/v1/user.js';
import type { ServedModel } from '../domain/served-model.js';

/** A user's history in the target domain, as the model sees it. */
export interface UserHistory {
  /** Rows of the items that the model knows, oldest first; events of one time keep the caller's order. */
  readonly rows: Uint32Array;
  /** Ids of all items of the target domain that the user has met, known to the model or not. */
  readonly itemIds: ReadonlySet<string>;
}

/**
 * Reads the history. Events of withheld domains are left out.
 * @throws IsthmusError DOMAIN_UNKNOWN for an event of a domain that the model was not trained with
 */
export function userHistory(user: UserContext | undefined, { model }: ServedModel): UserHistory {
  const { domains, targetDomain } = model.header;
  requireKnownDomains(user, domains);
  const withheld = new Set(user?.withheldDomains);
  const known: { row: number; timestampMs: bigint }[] = [];
  const itemIds = new Set<string>();
  for (const event of user?.events ?? []) {
    if (event.domain !== targetDomain || withheld.has(event.domain)) continue;
    itemIds.add(event.itemId);
    const row = model.rowOf(event.itemId);
    if (row !== undefined) known.push({ row, timestampMs: event.timestampMs });
  }
  known.sort((a, b) => (a.timestampMs < b.timestampMs ? -1 : a.timestampMs > b.timestampMs ? 1 : 0));
  return { rows: Uint32Array.from(known, ({ row }) => row), itemIds };
}
