import { Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { Status } from '@isthmus/proto/google/rpc/status.js';
import { IsthmusError } from './isthmus-error.js';
import { fromStatusProto, reasonOfCode, toStatusProto } from './status-proto.js';
import { toIsthmusError } from './to-isthmus-error.js';

/** Trailer that carries the encoded `google.rpc.Status`. */
export const statusDetailsKey = 'grpc-status-details-bin';
/** Trailer by which a server says how long a retry must wait; a negative number forbids it (gRFC A6). */
const retryPushbackKey = 'grpc-retry-pushback-ms';

/** The error as grpc-js sends it: code, message and trailers. */
export function toServiceError(error: unknown): ServiceError {
  const known = toIsthmusError(error);
  const proto = toStatusProto(known);
  return Object.assign(new Error(proto.message), {
    code: known.code,
    details: proto.message,
    metadata: statusMetadata(known, proto),
  });
}

/** The trailers that carry an error's details. */
export function statusMetadata(error: IsthmusError, proto: Status = toStatusProto(error)): Metadata {
  const metadata = new Metadata();
  metadata.set(statusDetailsKey, Buffer.from(Status.encode(proto).finish()));
  if (error.retryAfterMs !== undefined)
    metadata.set(retryPushbackKey, String(Math.max(0, Math.ceil(error.retryAfterMs))));
  return metadata;
}

/** Reads what a call failed with. The trailers come from another machine: what cannot be read is left out. */
export function fromServiceError(error: unknown): IsthmusError {
  if (error instanceof IsthmusError) return error;
  if (!isServiceError(error)) return toIsthmusError(error);
  const [encoded] = error.metadata?.get(statusDetailsKey) ?? [];
  if (Buffer.isBuffer(encoded)) {
    try {
      const proto = Status.decode(encoded);
      if (proto.code === error.code) return fromStatusProto(proto, error);
    } catch {
      // Falls through to code and message.
    }
  }
  return new IsthmusError(error.code, reasonOfLocalError(error), error.details || error.message, {
    cause: error,
  });
}

/** grpc-js itself refuses messages beyond the client's own limit, and says so in words only. */
function reasonOfLocalError(error: ServiceError): IsthmusError['reason'] {
  const tooLarge =
    error.code === status.RESOURCE_EXHAUSTED && /message larger than max/.test(error.details ?? '');
  return tooLarge ? 'MESSAGE_TOO_LARGE' : reasonOfCode(error.code);
}

function isServiceError(error: unknown): error is ServiceError {
  return (
    error instanceof Error && typeof (error as Partial<ServiceError>).code === 'number' && 'details' in error
  );
}
