import { UpsertItemsRequest } from '@isthmus/proto/isthmus/retrieval/v1/catalogue.js';
import { RetrieveRequest } from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import { gemirecSpec } from '../support/small-specifications.js';

/** A read: candidates of a user without a history. */
export const read = RetrieveRequest.fromPartial({ model: { name: 'gemirec' }, user: {}, k: 5 });

const dim = gemirecSpec.dim as number;

/** A change without a request id. The catalogue's log is one entry longer each time it is carried out. */
export const change = UpsertItemsRequest.fromPartial({
  modelName: 'gemirec',
  items: [
    {
      itemId: 'written-under-load',
      source: { $case: 'vector', value: { dim, values: Buffer.alloc(4 * dim) } },
    },
  ],
});
