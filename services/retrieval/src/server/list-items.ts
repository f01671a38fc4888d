import type { CallContext } from '@isthmus/chassis';
import { decodePageToken, encodePageToken, pageLimit } from '@isthmus/chassis';
import type { ListItemsRequest, ListItemsResponse } from '@isthmus/proto/isthmus/retrieval/v1/catalogue.js';
import { awaitSequence } from './await-sequence.js';
import type { RetrievalContext } from './retrieval-context.js';

/** Items in the order of their ids. A page reflects the catalogue at the time of its call. */
export async function listItems(
  context: RetrievalContext,
  request: ListItemsRequest,
  call: CallContext,
): Promise<ListItemsResponse> {
  const lease = context.host.acquire({ name: request.modelName, choice: undefined });
  try {
    const { catalogue, model } = lease.model;
    await awaitSequence(context, catalogue, request.minSequence, call);
    const listing = `ListItems:${request.modelName}`;
    const [after = ''] = decodePageToken(listing, request.pageToken, 1) ?? [];
    const page = catalogue.page(model.itemIds, after, pageLimit(request.pageSize));
    return {
      items: [...page.items],
      nextPageToken: page.nextAfter === undefined ? '' : encodePageToken(listing, [page.nextAfter]),
      sequence: catalogue.sequence,
    };
  } finally {
    lease.release();
  }
}
