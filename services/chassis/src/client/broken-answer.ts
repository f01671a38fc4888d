import { type ServiceError, status } from '@grpc/grpc-js';
import { statusDetailsKey } from '../errors/service-error.js';

/**
 * The failure of a call whose answer had begun when its connection broke. gRPC gives up repeating a call with the first
 * headers of its answer (gRFC A6), which leave a server of grpc-js a moment before the message and the trailers: of the calls
 * that are under way on a replica when it is killed, one in a few ends like this. Nothing of the answer has been seen yet, so
 * what is safe to repeat is repeated here.
 */
export class BrokenAnswer extends Error {
  override readonly cause: ServiceError;

  constructor(cause: ServiceError) {
    super(cause.details);
    this.cause = cause;
  }
}

/**
 * Whether a call that had begun to be answered was broken off on its way: no server has given it this status. A proxy between
 * resets the stream, which grpc-js calls INTERNAL.
 */
export function isBrokenOff({ code, metadata }: ServiceError): boolean {
  return (
    (code === status.UNAVAILABLE || code === status.INTERNAL) && metadata.get(statusDetailsKey).length === 0
  );
}
