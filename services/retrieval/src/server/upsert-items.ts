import { randomUUID } from 'node:crypto';
import { type CallContext, failure, type IsthmusError } from '@isthmus/chassis';
import type {
  Item,
  UpsertItemsRequest,
  UpsertItemsResponse,
} from '@isthmus/proto/isthmus/retrieval/v1/catalogue.js';
import { type ItemProblem, type ItemSpace, itemProblem } from '../domain/catalogue-rules.js';
import { encodeUpsert } from '../store/catalogue-codec.js';
import type { RetrievalContext } from './retrieval-context.js';

/** Adds or replaces items. The answer comes when the write is durable; this replica applies it on its way. */
export async function upsertItems(
  context: RetrievalContext,
  request: UpsertItemsRequest,
  _call: CallContext,
): Promise<UpsertItemsResponse> {
  const lease = context.host.acquire({ name: request.modelName, choice: undefined });
  try {
    const space = lease.model.space;
    for (const [index, item] of request.items.entries()) {
      const problem = itemProblem(item, space);
      if (problem !== undefined) throw refusal(problem, item, index, space);
    }
    const payload = encodeUpsert(request, lease.identity.version);
    const write = { modelName: request.modelName, kind: 'upsert', payload } as const;
    return { sequence: await context.log.append(write, request.requestId || randomUUID()) };
  } finally {
    lease.release();
  }
}

function refusal({ reason }: ItemProblem, item: Item, index: number, space: ItemSpace): IsthmusError {
  const where = `items[${index}] (${item.itemId})`;
  const metadata = { field: `items[${index}]`, itemId: item.itemId };
  switch (reason) {
    case 'VECTOR_MALFORMED':
      return failure(
        reason,
        `${where}: the bytes of the vector are not 4 times its dimension; send little-endian float32`,
        {
          metadata,
        },
      );
    case 'VECTOR_NOT_FINITE':
      return failure(reason, `${where}: the vector holds NaN or an infinity; send finite numbers only`, {
        metadata,
      });
    case 'DIMENSION_MISMATCH':
      return failure(
        reason,
        `${where}: the model's item space has ${space.dim} dimensions; send a vector of that size`,
        {
          metadata: { ...metadata, expectedDim: String(space.dim) },
        },
      );
    case 'DOMAIN_UNKNOWN':
      return failure(
        reason,
        `${where}: the model retrieves items of ${space.targetDomain}, not of ${item.domain}`,
        {
          metadata: { ...metadata, domains: space.targetDomain },
        },
      );
    case 'ITEM_UNKNOWN':
      return failure(reason, `${where}: the model has learnt nothing of this id; send a vector or features`, {
        metadata,
      });
    case 'ITEM_NOT_ENCODABLE':
      return failure(
        reason,
        `${where}: send a vector of the model's item space, features of which the model knows one, or an id that it knows`,
        { metadata },
      );
  }
}
