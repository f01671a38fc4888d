import { batchOutcome, type CallContext } from '@isthmus/chassis';
import type {
  BatchRetrieveRequest,
  BatchRetrieveResponse,
  BatchRetrieveResult,
} from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import type { RetrievalContext } from './retrieval-context.js';
import { retrieve } from './retrieve.js';

/** Requests of one batch that are under way at a time: enough to overlap the calls to representation. */
const CONCURRENCY = 16;

/** Retrieves for several users. A request that fails holds its error in its place. */
export async function batchRetrieve(
  context: RetrievalContext,
  { requests }: BatchRetrieveRequest,
  call: CallContext,
): Promise<BatchRetrieveResponse> {
  const results: BatchRetrieveResult[] = new Array(requests.length);
  const remaining = requests.entries();
  const worker = async () => {
    for (const [index, request] of remaining) {
      call.signal.throwIfAborted();
      results[index] = await batchOutcome(() => retrieve(context, request, call));
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, requests.length) }, worker));
  return { results };
}
