import type { Status } from '@isthmus/proto/google/rpc/status.js';
import { toStatusProto } from './status-proto.js';

/** What became of one request of a batch, as the contracts have it. */
export interface BatchOutcome<Response> {
  outcome: { $case: 'response'; value: Response } | { $case: 'error'; value: Status };
}

/** Answers one request of a batch: what it throws takes the place of its response, and the others go on. */
export async function batchOutcome<Response>(
  answer: () => Promise<Response>,
): Promise<BatchOutcome<Response>> {
  try {
    return { outcome: { $case: 'response', value: await answer() } };
  } catch (error) {
    return { outcome: { $case: 'error', value: toStatusProto(error) } };
  }
}
