import { randomUUID } from 'node:crypto';
import { failure, IsthmusError } from './isthmus-error.js';

/**
 * Turns whatever was thrown into an {@link IsthmusError}. What is not one already is a fault of ours: INTERNAL with a
 * fresh incident id in the metadata, the original as its cause (for the log), and none of its words in the message.
 */
export function toIsthmusError(error: unknown): IsthmusError {
  if (error instanceof IsthmusError) return error;
  const incident = randomUUID();
  return failure('INTERNAL', `The server failed. Report incident ${incident}; its log says more.`, {
    metadata: { incident },
    cause: error,
  });
}
