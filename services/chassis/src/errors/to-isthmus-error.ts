import { randomUUID } from 'node:crypto';
import { dependencyFailure } from './dependency-failure.js';
import { failure, IsthmusError } from './isthmus-error.js';

/**
 * Turns whatever was thrown into an {@link IsthmusError}. A dependency that does not answer is said to be one; what is
 * neither is a fault of ours: INTERNAL with a
 * fresh incident id in the metadata, the original as its cause (for the log), and none of its words in the message.
 */
export function toIsthmusError(error: unknown): IsthmusError {
  if (error instanceof IsthmusError) return error;
  const unavailable = dependencyFailure(error);
  if (unavailable !== undefined) return unavailable;
  const incident = randomUUID();
  return failure('INTERNAL', `The server failed. Report incident ${incident}; its log says more.`, {
    metadata: { incident },
    cause: error,
  });
}
