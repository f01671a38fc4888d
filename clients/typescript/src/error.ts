import { type ServiceError, status } from '@grpc/grpc-js';
import { BadRequest, ErrorInfo, RetryInfo } from '@isthmus/proto/google/rpc/error_details.js';
import { Status } from '@isthmus/proto/google/rpc/status.js';
import { remedies } from './remedies.js';

/** A field of the request that breaks a rule of the schema. */
export interface FieldViolation {
  /** Path of the field, for example `user.events[3].domain`. */
  readonly field: string;
  /** The rule, in words. */
  readonly description: string;
}

/**
 * A call that failed. `reason` is one of the reasons of docs/errors.md, or empty where the failure did not come from
 * an Isthmus server (a proxy, a connection that broke).
 */
export class IsthmusError extends Error {
  override readonly name = 'IsthmusError';
  /** Canonical gRPC code, for example `NOT_FOUND`. */
  readonly code: keyof typeof status;
  readonly reason: string;
  /** What the server adds to the reason, for example `{ expectedDim: '32' }`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly violations: readonly FieldViolation[];
  /** How long the server asks to wait before the next try, milliseconds; undefined where it does not say. */
  readonly retryAfterMs: number | undefined;

  constructor(fields: {
    code: keyof typeof status;
    reason: string;
    message: string;
    metadata?: Readonly<Record<string, string>>;
    violations?: readonly FieldViolation[];
    retryAfterMs?: number | undefined;
    cause?: unknown;
  }) {
    super(fields.message, { cause: fields.cause });
    this.code = fields.code;
    this.reason = fields.reason;
    this.metadata = fields.metadata ?? {};
    this.violations = fields.violations ?? [];
    this.retryAfterMs = fields.retryAfterMs;
  }

  /** What to do about it; empty where the reason is unknown to this version. */
  get remedy(): string {
    return Object.hasOwn(remedies, this.reason) ? (remedies[this.reason] ?? '') : '';
  }
}

const TYPE_PREFIX = 'type.googleapis.com/';
/** Reasons of other domains, a proxy's for example, are not of our table. */
const DOMAIN = 'isthmus';
/** Trailer in which our services say why. */
export const DETAILS_KEY = 'grpc-status-details-bin';

/** Reads code, reason and details out of what grpc-js throws. The trailer comes from the network: a malformed one is ignored. */
export function errorFromCall(error: ServiceError): IsthmusError {
  const trailer = error.metadata?.get(DETAILS_KEY)[0];
  const details = trailer instanceof Uint8Array ? decodeStatus(trailer) : undefined;
  if (details !== undefined) return errorFromStatus(details, error);
  return new IsthmusError({
    code: codeName(error.code),
    reason: '',
    message: error.details || error.message,
    cause: error,
  });
}

/** Reads code, reason and details out of a `google.rpc.Status`, as batches carry it. */
export function errorFromStatus(details: Status, cause?: unknown): IsthmusError {
  const stated = unpack(details, 'google.rpc.ErrorInfo', ErrorInfo);
  const info = stated?.domain === DOMAIN ? stated : undefined;
  const badRequest = unpack(details, 'google.rpc.BadRequest', BadRequest);
  const retry = unpack(details, 'google.rpc.RetryInfo', RetryInfo)?.retryDelay;
  return new IsthmusError({
    code: codeName(details.code),
    reason: info?.reason ?? '',
    message: details.message,
    metadata: info?.metadata ?? {},
    violations: (badRequest?.fieldViolations ?? []).map(({ field, description }) => ({ field, description })),
    retryAfterMs: retry === undefined ? undefined : Number(retry.seconds) * 1000 + retry.nanos / 1e6,
    cause,
  });
}

function decodeStatus(bytes: Uint8Array): Status | undefined {
  try {
    return Status.decode(bytes);
  } catch {
    return undefined;
  }
}

function unpack<T>(details: Status, type: string, codec: { decode(bytes: Uint8Array): T }): T | undefined {
  const any = details.details.find(({ typeUrl }) => typeUrl === TYPE_PREFIX + type);
  if (any === undefined) return undefined;
  try {
    return codec.decode(any.value);
  } catch {
    return undefined;
  }
}

function codeName(code: number): keyof typeof status {
  return (status[code] as keyof typeof status | undefined) ?? 'UNKNOWN';
}
