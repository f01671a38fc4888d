import { batchOutcome, type CallContext } from '@isthmus/chassis';
import type {
  BatchRepresentRequest,
  BatchRepresentResponse,
  BatchRepresentResult,
} from '@isthmus/proto/isthmus/representation/v1/representation.js';
import { represent } from './represent.js';
import type { RepresentationContext } from './representation-context.js';

/** Represents several users. A request that fails holds its error in its place. */
export async function batchRepresent(
  context: RepresentationContext,
  { requests }: BatchRepresentRequest,
  call: CallContext,
): Promise<BatchRepresentResponse> {
  const results: BatchRepresentResult[] = [];
  for (const request of requests) {
    call.signal.throwIfAborted();
    results.push(await batchOutcome(() => represent(context, request, call)));
  }
  return { results };
}
