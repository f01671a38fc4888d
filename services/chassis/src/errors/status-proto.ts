import { status } from '@grpc/grpc-js';
import type { Any } from '@isthmus/proto/google/protobuf/any.js';
import { BadRequest, ErrorInfo, RetryInfo } from '@isthmus/proto/google/rpc/error_details.js';
import { Status } from '@isthmus/proto/google/rpc/status.js';
import { type ErrorReasonName, isErrorReasonName } from './error-reason.js';
import { type FieldViolation, IsthmusError } from './isthmus-error.js';
import { toIsthmusError } from './to-isthmus-error.js';

/** `ErrorInfo.domain` of everything that Isthmus itself says (AIP-193). */
export const errorDomain = 'isthmus';

/** Longest message that is sent, in characters: trailers are headers, and headers are bounded. */
const messageLimit = 2048;
/** Most field violations that are sent, for the same reason. */
const violationLimit = 16;

/**
 * The error as `google.rpc.Status` with `ErrorInfo`, and `BadRequest` and `RetryInfo` where they apply. What is not
 * an {@link IsthmusError} becomes INTERNAL with an incident id and none of its own words.
 */
export function toStatusProto(error: unknown): Status {
  const known = toIsthmusError(error);
  const info = ErrorInfo.fromPartial({ reason: known.reason, domain: errorDomain, metadata: known.metadata });
  const details = [pack('google.rpc.ErrorInfo', ErrorInfo.encode(info).finish())];
  if (known.violations.length > 0) {
    const fieldViolations = known.violations
      .slice(0, violationLimit)
      .map(({ field, rule, description }) => ({ field, reason: rule, description }));
    const badRequest = BadRequest.fromPartial({ fieldViolations });
    details.push(pack('google.rpc.BadRequest', BadRequest.encode(badRequest).finish()));
  }
  if (known.retryAfterMs !== undefined) {
    details.push(pack('google.rpc.RetryInfo', RetryInfo.encode(retryInfo(known.retryAfterMs)).finish()));
  }
  return Status.fromPartial({ code: known.code, message: sendable(known.message), details });
}

/**
 * Reads a `google.rpc.Status`, which may have come from anywhere: an unknown reason falls back to the nearest one of
 * the code, and details that cannot be read are left out.
 */
export function fromStatusProto(proto: Status, cause?: unknown): IsthmusError {
  let reason: ErrorReasonName | undefined;
  let metadata: Record<string, string> = {};
  let violations: FieldViolation[] = [];
  let retryAfterMs: number | undefined;
  for (const { typeUrl, value } of proto.details) {
    try {
      if (typeUrl.endsWith('/google.rpc.ErrorInfo')) {
        const info = ErrorInfo.decode(value);
        metadata = info.metadata;
        if (info.domain === errorDomain && isErrorReasonName(info.reason)) reason = info.reason;
        else metadata = { ...metadata, reason: info.reason, domain: info.domain };
      } else if (typeUrl.endsWith('/google.rpc.BadRequest')) {
        violations = BadRequest.decode(value).fieldViolations.map((violation) => ({
          field: violation.field,
          rule: violation.reason,
          description: violation.description,
        }));
      } else if (typeUrl.endsWith('/google.rpc.RetryInfo')) {
        const delay = RetryInfo.decode(value).retryDelay;
        if (delay) retryAfterMs = Number(delay.seconds) * 1000 + delay.nanos / 1e6;
      }
    } catch {
      // A detail that cannot be decoded says nothing; code and message still stand.
    }
  }
  return new IsthmusError(proto.code, reason ?? reasonOfCode(proto.code), proto.message, {
    metadata,
    violations,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The reason that stands for a code which came without one, for example from a proxy or from gRPC itself. */
export function reasonOfCode(code: status): ErrorReasonName {
  switch (code) {
    case status.CANCELLED:
      return 'CANCELLED';
    case status.DEADLINE_EXCEEDED:
      return 'DEADLINE_EXCEEDED';
    case status.UNAVAILABLE:
      return 'DEPENDENCY_UNAVAILABLE';
    case status.UNIMPLEMENTED:
      return 'METHOD_NOT_FOUND';
    case status.RESOURCE_EXHAUSTED:
      return 'OVERLOADED';
    case status.INVALID_ARGUMENT:
    case status.OUT_OF_RANGE:
      return 'FIELD_INVALID';
    default:
      return 'INTERNAL';
  }
}

function retryInfo(retryAfterMs: number): RetryInfo {
  const wholeMs = Math.max(0, Math.ceil(retryAfterMs));
  return RetryInfo.fromPartial({
    retryDelay: { seconds: BigInt(Math.floor(wholeMs / 1000)), nanos: (wholeMs % 1000) * 1_000_000 },
  });
}

function pack(typeName: string, bytes: Uint8Array): Any {
  return { typeUrl: `type.googleapis.com/${typeName}`, value: Buffer.from(bytes) };
}

/** Bounds a message and mends lone surrogates, which percent-encoding of the trailer would refuse. */
function sendable(message: string): string {
  const bounded = message.length > messageLimit ? `${message.slice(0, messageLimit)}…` : message;
  return Buffer.from(bounded, 'utf8').toString('utf8');
}
