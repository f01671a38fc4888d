import type { CallContext } from '@isthmus/chassis';
import { decodeFloats } from '@isthmus/learning';
import type { Cause, UserContext } from '@isthmus/proto/isthmus/model/v1/user.js';
import type { ScoreCausalityResponse } from '@isthmus/proto/isthmus/representation/v1/representation.js';
import type { RepresentationPin } from './representation-gateway.js';
import type { RetrievalContext } from './retrieval-context.js';

/** Causes named for one hit. */
const CAUSES_PER_HIT = 3;

/**
 * The source events that caused each item, strongest first.
 * @returns one list for each item; empty lists for items that the representation model does not know
 */
export async function explainHits(
  { representation, telemetry }: RetrievalContext,
  pin: RepresentationPin,
  user: UserContext,
  targetDomain: string,
  itemIds: string[],
  call: CallContext,
): Promise<Cause[][]> {
  if (representation === undefined || itemIds.length === 0) return itemIds.map(() => []);
  return telemetry.span('explain', { 'isthmus.hits': itemIds.length }, async () => {
    const scores = await representation.scoreCausality(pin, user, targetDomain, itemIds, call);
    return causesByRow(scores, user, itemIds.length);
  });
}

function causesByRow(scores: ScoreCausalityResponse, user: UserContext, rows: number): Cause[][] {
  const columns = scores.eventIndices.length;
  const probabilities = decodeFloats(scores.probabilities?.values ?? new Uint8Array());
  if (probabilities.length !== rows * columns) return Array.from({ length: rows }, () => []);
  return Array.from({ length: rows }, (_, row) => {
    const own = probabilities.subarray(row * columns, (row + 1) * columns);
    const total = own.reduce((sum, probability) => sum + probability, 0);
    return scores.eventIndices
      .map((eventIndex, column) => ({ eventIndex, probability: own[column] ?? 0 }))
      .filter(({ probability }) => probability > 0)
      .sort((a, b) => b.probability - a.probability || a.eventIndex - b.eventIndex)
      .slice(0, CAUSES_PER_HIT)
      .flatMap(({ eventIndex, probability }) => {
        const event = user.events[eventIndex];
        if (event === undefined) return [];
        const { domain, itemId, timestampMs } = event;
        return [{ eventIndex, domain, itemId, timestampMs, probability, weight: probability / total }];
      });
  });
}
