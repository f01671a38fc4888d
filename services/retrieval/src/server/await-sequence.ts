import type { CallContext } from '@isthmus/chassis';
import type { Catalogue } from '../domain/catalogue.js';
import type { RetrievalContext } from './retrieval-context.js';

/** Share of the remaining deadline that is kept back, at most {@link LONGEST_RESERVE_MS}, so that a refusal still arrives. */
const RESERVE_SHARE = 0.2;
const LONGEST_RESERVE_MS = 200;

/**
 * Waits until the catalogue holds the write with this sequence number; 0 waits for nothing.
 * @throws IsthmusError SEQUENCE_NOT_REACHED shortly before the deadline of the call
 */
export async function awaitSequence(
  { follower, telemetry }: RetrievalContext,
  catalogue: Catalogue,
  sequence: bigint,
  call: CallContext,
): Promise<void> {
  if (catalogue.sequence >= sequence) return;
  const allowedMs = call.deadlineMs - Math.min(LONGEST_RESERVE_MS, call.deadlineMs * RESERVE_SHARE);
  const signal = Number.isFinite(allowedMs)
    ? AbortSignal.any([call.signal, AbortSignal.timeout(Math.max(0, Math.floor(allowedMs)))])
    : call.signal;
  await telemetry.span('catalogue.wait', {}, () => follower.reached(catalogue, sequence, signal));
}
