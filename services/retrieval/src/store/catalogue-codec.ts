import { DeleteItemsRequest, UpsertItemsRequest } from '@isthmus/proto/isthmus/retrieval/v1/catalogue.js';
import type { CatalogueChange } from '../domain/catalogue.js';
import type { LoggedWrite } from './catalogue-log.js';

/** Separates the version of the model from the encoded request in a payload. */
const VERSION_END = 0;

/** What the log keeps of an upsert: the version of the model whose space it was checked against, and the request. */
export function encodeUpsert(request: UpsertItemsRequest, modelVersion: string): Uint8Array {
  const body = UpsertItemsRequest.encode({ ...request, requestId: '' }).finish();
  return Buffer.concat([Buffer.from(modelVersion), Buffer.of(VERSION_END), body]);
}

/** What the log keeps of a delete. */
export function encodeDelete(request: DeleteItemsRequest): Uint8Array {
  return DeleteItemsRequest.encode({ ...request, requestId: '' }).finish();
}

/** Reads what {@link encodeUpsert} and {@link encodeDelete} wrote. */
export function decodeWrite(write: LoggedWrite): CatalogueChange {
  if (write.kind === 'delete')
    return { kind: 'delete', itemIds: DeleteItemsRequest.decode(write.payload).itemIds };
  const end = write.payload.indexOf(VERSION_END);
  if (end < 0)
    throw new RangeError(`catalogue write ${write.sequence} of ${write.modelName} names no model version`);
  const modelVersion = Buffer.from(write.payload.subarray(0, end)).toString();
  const { items } = UpsertItemsRequest.decode(write.payload.subarray(end + 1));
  return { kind: 'upsert', items: items.map((item) => ({ item, modelVersion })) };
}
