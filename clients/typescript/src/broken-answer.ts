import { type ServiceError, status } from '@grpc/grpc-js';
import { DETAILS_KEY } from './error.js';

/**
 * Whether a call that had begun to be answered was broken off on its way: no server has given it this status. gRPC gives up
 * repeating a call with the first headers of its answer (gRFC A6), and these leave a server a moment before the rest: of the
 * calls that are under way on a replica when it is killed, one in a few ends like this. A proxy between resets the stream, which
 * grpc-js calls INTERNAL.
 * @param error of a call that has received headers
 */
export function isBrokenOff({ code, metadata }: ServiceError): boolean {
  return (code === status.UNAVAILABLE || code === status.INTERNAL) && metadata.get(DETAILS_KEY).length === 0;
}
