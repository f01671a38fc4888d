import { requireKnownDomains } from '@isthmus/chassis';
import type { UserContext } from '@isthmus/proto/isthmus/model/v1/user.js';
import { CrossDomainMode } from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import type { ServedModel } from '../domain/served-model.js';

/** A user's history as the model sees it. */
export interface UserHistory {
  /**
   * Rows of the items that the model knows, those of other domains where it takes them; oldest first, and events of one time keep
   * the caller's order.
   */
  readonly rows: Uint32Array;
  /** Index in `UserContext.events` of each row. */
  readonly eventIndices: Uint32Array;
  /** Ids of all items of the target domain that the user has met, known to the model or not. */
  readonly itemIds: ReadonlySet<string>;
}

/**
 * Reads the history. Events of withheld domains are left out, and those of all other domains where `mode` says so.
 * @throws IsthmusError DOMAIN_UNKNOWN for an event of a domain that the model was not trained with
 */
export function userHistory(
  user: UserContext | undefined,
  { model }: ServedModel,
  mode: CrossDomainMode,
): UserHistory {
  const { domains, targetDomain } = model.header;
  requireKnownDomains(user, domains);
  const withheld = new Set(user?.withheldDomains);
  const known: { row: number; eventIndex: number; timestampMs: bigint }[] = [];
  const itemIds = new Set<string>();
  for (const [eventIndex, event] of (user?.events ?? []).entries()) {
    if (withheld.has(event.domain)) continue;
    if (event.domain === targetDomain) itemIds.add(event.itemId);
    else if (mode === CrossDomainMode.CROSS_DOMAIN_MODE_OFF) continue;
    const row = model.historyRowOf(event.domain, event.itemId);
    if (row !== undefined) known.push({ row, eventIndex, timestampMs: event.timestampMs });
  }
  known.sort((a, b) => (a.timestampMs < b.timestampMs ? -1 : a.timestampMs > b.timestampMs ? 1 : 0));
  return {
    rows: Uint32Array.from(known, ({ row }) => row),
    eventIndices: Uint32Array.from(known, ({ eventIndex }) => eventIndex),
    itemIds,
  };
}
