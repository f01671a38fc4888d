import type { Event } from '@isthmus/proto/isthmus/model/v1/user.js';
import type { Representation } from '@isthmus/proto/isthmus/representation/v1/representation.js';
import type { ServedRepresentation } from '../model/open-model.js';
import { encodeVector } from './encode-vector.js';

/** A representation as the contract has it; causes name the caller's own events. */
export function encodeRepresentation(
  { vector, gate, causes }: ServedRepresentation,
  events: readonly Event[],
): Representation {
  return {
    vector: encodeVector(vector),
    gate,
    causes: causes.flatMap(({ event: eventIndex, probability, weight }) => {
      const event = events[eventIndex];
      if (event === undefined) return [];
      const { domain, itemId, timestampMs } = event;
      return [{ eventIndex, domain, itemId, timestampMs, probability, weight }];
    }),
  };
}
