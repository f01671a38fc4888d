import { randomUUID } from 'node:crypto';
import type { CallContext } from '@isthmus/chassis';
import type {
  DeleteItemsRequest,
  DeleteItemsResponse,
} from '@isthmus/proto/isthmus/retrieval/v1/catalogue.js';
import { encodeDelete } from '../store/catalogue-codec.js';
import type { RetrievalContext } from './retrieval-context.js';

/** Removes items. The answer comes when the write is durable. */
export async function deleteItems(
  context: RetrievalContext,
  request: DeleteItemsRequest,
  _call: CallContext,
): Promise<DeleteItemsResponse> {
  context.host.acquire({ name: request.modelName, choice: undefined }).release();
  const write = { modelName: request.modelName, kind: 'delete', payload: encodeDelete(request) } as const;
  return { sequence: await context.log.append(write, request.requestId || randomUUID()) };
}
