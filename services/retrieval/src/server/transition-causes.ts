import type { Cause, UserContext } from '@isthmus/proto/isthmus/model/v1/user.js';
import type { ServedModel } from '../domain/served-model.js';
import type { UserHistory } from './user-history.js';

/** Causes named for one hit. */
const CAUSES_PER_HIT = 3;

/** The events of the history that an item was seen to follow, strongest first; none where the model adds no such counts. */
export function transitionCauses(
  { model }: ServedModel,
  user: UserContext,
  { rows, eventIndices }: UserHistory,
  row: number,
): Cause[] {
  const causes = model.prior?.causes(rows, row) ?? [];
  return causes.slice(0, CAUSES_PER_HIT).flatMap(({ position, share, probability }) => {
    const eventIndex = eventIndices[position] ?? 0;
    const event = user.events[eventIndex];
    if (event === undefined) return [];
    const { domain, itemId, timestampMs } = event;
    return [{ eventIndex, domain, itemId, timestampMs, probability, weight: share }];
  });
}
