import type { CallContext } from '@isthmus/chassis';
import { UserContext } from '@isthmus/proto/isthmus/model/v1/user.js';
import type {
  PredictInterestsRequest,
  PredictInterestsResponse,
} from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import type { ScoredTuple } from '../domain/best-first-tuples.js';
import type { RetrievalHeader } from '../model/retrieval-header.js';
import { crossDomain } from './cross-domain.js';
import { encodeInterests } from './encode-interests.js';
import type { RetrievalContext } from './retrieval-context.js';
import { withoutCrossDomain } from './retrieve-counted.js';
import { userHistory } from './user-history.js';

/** The interests that the user has and will have. */
export async function predictInterests(
  context: RetrievalContext,
  request: PredictInterestsRequest,
  call: CallContext,
): Promise<PredictInterestsResponse> {
  const lease = context.host.acquire(request.model);
  try {
    const served = lease.model;
    const user = request.user ?? UserContext.fromPartial({});
    if (served.kind === 'counts') {
      const { use } = await withoutCrossDomain(context, served, user, request.crossDomain, call);
      return { model: lease.identity, interests: [], crossDomain: use };
    }
    const { header, network } = served.model;
    const { rows } = userHistory(user, served, request.crossDomain);
    const cross = await crossDomain(context, served, user, request.crossDomain, call);
    const interests = request.maxInterests || header.interests;
    const [encoded] = context.telemetry.span('posterior', { 'isthmus.interests': interests }, () =>
      network.encode([{ history: rows, cross: cross.input }], { interests }),
    );
    return {
      model: lease.identity,
      interests: encodeInterests((encoded?.interests ?? []).filter(isNamed(header)), rows, served),
      crossDomain: cross.use,
    };
  } finally {
    lease.release();
  }
}

/** What stands for all interests that were not asked for is no interest of the user's. */
function isNamed({ shape }: RetrievalHeader): (interest: ScoredTuple) => boolean {
  return ({ codes }) => codes.length === shape.codes.length;
}
