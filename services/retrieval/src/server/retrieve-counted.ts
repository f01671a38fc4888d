import { type CallContext, requireKnownDomains } from '@isthmus/chassis';
import type { ModelIdentity } from '@isthmus/proto/isthmus/model/v1/model.js';
import { UserContext } from '@isthmus/proto/isthmus/model/v1/user.js';
import type { Interest } from '@isthmus/proto/isthmus/retrieval/v1/interest.js';
import type {
  CrossDomainMode,
  RetrieveRequest,
  RetrieveResponse,
} from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import type { ServedCounts } from '../domain/served-counts.js';
import { awaitSequence } from './await-sequence.js';
import { type CrossDomain, crossDomain } from './cross-domain.js';
import type { RetrievalContext } from './retrieval-context.js';

/** An event of the history that was counted. */
interface CountedEvent {
  readonly domain: string;
  readonly itemId: string;
  readonly item: number;
}

/**
 * Candidates of a counting model. It has no interests and no posterior; what stands in their place is where a hit was counted
 * from: the event of the history that says most of it, or popularity. Their probability is 0, because nobody estimated one.
 */
export async function retrieveCounted(
  context: RetrievalContext,
  served: ServedCounts,
  model: ModelIdentity,
  request: RetrieveRequest,
  call: CallContext,
): Promise<RetrieveResponse> {
  const { header, itemIds } = served.model;
  const user = request.user ?? UserContext.fromPartial({});
  const { events, targetItemIds } = countedEvents(user, served);
  await awaitSequence(context, served.catalogue, request.minSequence, call);
  const cross = await withoutCrossDomain(context, served, user, request.crossDomain, call);
  const excluded = request.includeHistory
    ? request.excludedItemIds
    : [...request.excludedItemIds, ...targetItemIds];
  const hits = context.telemetry.span(
    'search',
    { 'isthmus.candidates': itemIds.length, 'isthmus.plan': plan },
    () =>
      served.rank(
        Uint32Array.from(events, ({ item }) => item),
        request.k,
        excluded,
      ),
  );
  const interests: Interest[] = [];
  const numbers = new Map<string, number>();
  const ranks: number[] = [];
  return {
    model,
    hits: hits.map(({ itemId, score, source }) => {
      const origin = originOf(events[source], header.scorer);
      let interest = numbers.get(origin.id);
      if (interest === undefined) {
        interest = interests.push(origin) - 1;
        numbers.set(origin.id, interest);
      }
      const rankInInterest = ranks[interest] ?? 0;
      ranks[interest] = rankInInterest + 1;
      return { itemId, score, interest, rankInInterest, causes: [] };
    }),
    interests,
    crossDomain: cross.use,
    sequence: served.catalogue.sequence,
    plan: { name: plan, rowsScanned: BigInt(itemIds.length), exhausted: hits.length < request.k },
  };
}

const plan = 'counted_scan';

/** What the answer says of a representation, which a counting model never takes; a call that requires one fails. */
export function withoutCrossDomain(
  context: RetrievalContext,
  { model }: ServedCounts,
  user: UserContext,
  mode: CrossDomainMode,
  call: CallContext,
): Promise<CrossDomain> {
  const { targetDomain } = model.header;
  const header = { targetDomain, representationDigest: null, shape: { crossDim: 0 } };
  return crossDomain(context, { model: { header } }, user, mode, call);
}

/** The latest events that the model knows, oldest first, and all items of the target domain that the user has met. */
function countedEvents(
  user: UserContext,
  { model, itemOf }: ServedCounts,
): { readonly events: readonly CountedEvent[]; readonly targetItemIds: ReadonlySet<string> } {
  const { domains, targetDomain, sources, maxLength } = model.header;
  requireKnownDomains(user, domains);
  const withheld = new Set(user.withheldDomains);
  const targetItemIds = new Set<string>();
  const known: (CountedEvent & { readonly timestampMs: bigint })[] = [];
  for (const { domain, itemId, timestampMs } of user.events) {
    if (withheld.has(domain)) continue;
    if (domain === targetDomain) targetItemIds.add(itemId);
    else if (sources === 'target') continue;
    const item = itemOf(domain, itemId);
    if (item !== undefined) known.push({ domain, itemId, item, timestampMs });
  }
  known.sort((a, b) => (a.timestampMs < b.timestampMs ? -1 : a.timestampMs > b.timestampMs ? 1 : 0));
  return { events: known.slice(-maxLength), targetItemIds };
}

/** Where a hit was counted from, in the place of an interest. */
function originOf(event: CountedEvent | undefined, scorer: string): Interest {
  const origin = { codes: [], probability: 0, itemCount: 0 };
  return event === undefined
    ? {
        ...origin,
        id: scorer === 'recent-popularity' ? scorer : 'popularity',
        inHistory: false,
        exampleItemIds: [],
      }
    : {
        ...origin,
        id: `from ${event.domain}/${event.itemId}`,
        inHistory: true,
        exampleItemIds: [event.itemId],
      };
}
