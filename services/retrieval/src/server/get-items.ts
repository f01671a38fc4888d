import type { CallContext } from '@isthmus/chassis';
import type { GetItemsRequest, GetItemsResponse } from '@isthmus/proto/isthmus/retrieval/v1/catalogue.js';
import { awaitSequence } from './await-sequence.js';
import type { RetrievalContext } from './retrieval-context.js';

/** Items by id, as of at least `min_sequence`. */
export async function getItems(
  context: RetrievalContext,
  request: GetItemsRequest,
  call: CallContext,
): Promise<GetItemsResponse> {
  const lease = context.host.acquire({ name: request.modelName, choice: undefined });
  try {
    const { catalogue, space } = lease.model;
    await awaitSequence(context, catalogue, request.minSequence, call);
    const items = [];
    const missingItemIds = [];
    for (const itemId of request.itemIds) {
      const item = catalogue.get(itemId, (id) => space.knows(id));
      if (item === undefined) missingItemIds.push(itemId);
      else items.push(item);
    }
    return { items, missingItemIds, sequence: catalogue.sequence };
  } finally {
    lease.release();
  }
}
