import type { CallContext } from '@isthmus/chassis';
import { UserContext } from '@isthmus/proto/isthmus/model/v1/user.js';
import type {
  Hit,
  RetrieveRequest,
  RetrieveResponse,
} from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import type { MergedHit } from '../domain/merge-interests.js';
import { mergeInterests } from '../domain/merge-interests.js';
import type { ServedModel } from '../domain/served-model.js';
import type { EncodedUser } from '../model/encoded-user.js';
import { awaitSequence } from './await-sequence.js';
import { crossDomain } from './cross-domain.js';
import { encodeInterests } from './encode-interests.js';
import { explainHits } from './explain-hits.js';
import type { RetrievalContext } from './retrieval-context.js';
import { retrieveCounted } from './retrieve-counted.js';
import { transitionCauses } from './transition-causes.js';
import { userHistory } from './user-history.js';

/** Candidates with their provenance: representation → interests and queries → search → merge → causes. */
export async function retrieve(
  context: RetrievalContext,
  request: RetrieveRequest,
  call: CallContext,
): Promise<RetrieveResponse> {
  const { telemetry } = context;
  const lease = context.host.acquire(request.model);
  try {
    const served = lease.model;
    if (served.kind === 'counts')
      return await retrieveCounted(context, served, lease.identity, request, call);
    const { header, network } = served.model;
    const user = request.user ?? UserContext.fromPartial({});
    const history = userHistory(user, served, request.crossDomain);
    await awaitSequence(context, served.catalogue, request.minSequence, call);
    const cross = await crossDomain(context, served, user, request.crossDomain, call);
    const interests = request.interests || header.interests;
    const maxPerTopCode = request.merge?.maxInterestsPerTopCode ?? 0;
    const [encoded] = telemetry.span('posterior', { 'isthmus.interests': interests }, () =>
      network.encode([{ history: history.rows, cross: cross.input }], { interests, maxPerTopCode }),
    );
    if (encoded === undefined) throw new TypeError('the model gave no answer for one user');
    const excluded = request.includeHistory
      ? request.excludedItemIds
      : [...request.excludedItemIds, ...history.itemIds];
    const { merged, rowsScanned } = searchAndMerge(context, served, encoded, request, {
      excluded,
      bonus: served.model.prior?.bonus(history.rows, Date.now()),
    });
    const sequence = served.catalogue.sequence;
    const itemIds = merged.map(({ row }) => served.table.idOf(row));
    const causes =
      request.explain && cross.pin !== undefined
        ? await explainHits(context, cross.pin, user, header.targetDomain, itemIds, call)
        : [];
    return {
      model: lease.identity,
      hits: merged.map(
        (hit, place): Hit => ({
          itemId: itemIds[place] ?? '',
          score: hit.score,
          interest: hit.interest,
          rankInInterest: hit.rankInInterest,
          causes: causes[place]?.length
            ? causes[place]
            : request.explain
              ? transitionCauses(served, user, history, hit.row)
              : [],
        }),
      ),
      interests: encodeInterests(encoded.interests, history.rows, served),
      crossDomain: cross.use,
      sequence,
      plan: {
        name: 'exact_scan',
        rowsScanned: BigInt(rowsScanned),
        exhausted: merged.length < request.k,
      },
    };
  } finally {
    lease.release();
  }
}

/** What a search goes by beside its queries. */
interface SearchTerms {
  /** Items that are not answered. */
  readonly excluded: readonly string[];
  /** What is added to the scores of the model's own items. */
  readonly bonus: ArrayLike<number> | undefined;
}

function searchAndMerge(
  { telemetry }: RetrievalContext,
  { table, model }: ServedModel,
  { interests, queries, logNormalisers }: EncodedUser,
  request: RetrieveRequest,
  { excluded: excludedItemIds, bonus }: SearchTerms,
): { readonly merged: MergedHit[]; readonly rowsScanned: number } {
  const { k } = request;
  const excluded = new Set(excludedItemIds.flatMap((itemId) => table.rowOf(itemId) ?? []));
  const { hits: found, rowsScanned } = telemetry.span(
    'search',
    { 'isthmus.candidates': table.size, 'isthmus.plan': 'exact_scan' },
    () =>
      table.searchInterests(
        queries,
        interests.map(({ codes }) => codes),
        k,
        excluded,
        bonus,
      ),
  );
  const lists = found.map((hits, index) => ({
    logProbability: interests[index]?.logProbability ?? 0,
    logNormaliser: logNormalisers[index] ?? 0,
    hits,
  }));
  const merged = telemetry.span('merge', { 'isthmus.k': k }, () =>
    mergeInterests(lists, {
      k,
      posteriorWeight: request.merge?.posteriorWeight ?? model.header.posteriorWeight,
      quotaExponent: request.merge?.quotaExponent,
    }),
  );
  return { merged, rowsScanned };
}
