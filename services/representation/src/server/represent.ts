import { type CallContext, failure } from '@isthmus/chassis';
import type {
  RepresentRequest,
  RepresentResponse,
} from '@isthmus/proto/isthmus/representation/v1/representation.js';
import type { RepresentationModel } from '../model/open-model.js';
import { encodeRepresentation } from './encode-representation.js';
import { readQuestion } from './read-question.js';
import type { RepresentationContext } from './representation-context.js';

/** The user's cross-domain representation, and one for each candidate. */
export async function represent(
  { host, telemetry }: RepresentationContext,
  request: RepresentRequest,
  _call: CallContext,
): Promise<RepresentResponse> {
  const lease = host.acquire(request.model);
  try {
    const { model } = lease;
    const used = readQuestion(request, model);
    const candidates = request.targetItemIds.map((itemId, index) => candidateIndex(model, itemId, index));
    const events = request.user?.events ?? [];
    return telemetry.span('represent', { 'isthmus.events': used.items.length }, () => ({
      model: lease.identity,
      user: encodeRepresentation(model.representUser(used, request.maxCauses), events),
      candidates: model
        .representCandidates(used, candidates, request.maxCauses)
        .map((representation) => encodeRepresentation(representation, events)),
      usedEvents: used.items.length,
    }));
  } finally {
    lease.release();
  }
}

function candidateIndex(model: RepresentationModel, itemId: string, index: number): number {
  const item = model.itemIndex(model.targetDomain, itemId);
  if (item !== undefined) return item;
  throw failure(
    'ITEM_UNKNOWN',
    `target_item_ids[${index}]: the model knows no item ${itemId} of ${model.targetDomain}; ask for items that it was trained on`,
    { metadata: { field: `target_item_ids[${index}]`, itemId } },
  );
}
