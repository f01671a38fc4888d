import type { status } from '@grpc/grpc-js';
import { codeOfReason, type ErrorReasonName } from './error-reason.js';

/** One field of a request that breaks a rule (`google.rpc.BadRequest.FieldViolation`). */
export interface FieldViolation {
  /** Path of the field in the names of the contract, for example `items[3].vector.dim`. */
  readonly field: string;
  /** The rule that it breaks, for example `uint32.lte`. */
  readonly rule: string;
  /** What would be right, in words. */
  readonly description: string;
}

/** What may accompany a failure. */
export interface FailureOptions {
  /** Facts for programs: `ErrorInfo.metadata`. Never ids of users, never payloads. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** What went wrong underneath. It is logged and never sent. */
  readonly cause?: unknown;
  /** How long a caller should wait before another try, in milliseconds; sent as `RetryInfo`. */
  readonly retryAfterMs?: number;
  /** The fields at fault; sent as `BadRequest`. */
  readonly violations?: readonly FieldViolation[];
}

/**
 * The one error of Isthmus: a canonical code, a reason out of a closed union, and a message that says what to do
 * next. docs/errors.md lists the reasons with cause and remedy.
 */
export class IsthmusError extends Error {
  override readonly name = 'IsthmusError';
  readonly code: status;
  readonly reason: ErrorReasonName;
  readonly metadata: Readonly<Record<string, string>>;
  readonly retryAfterMs: number | undefined;
  readonly violations: readonly FieldViolation[];

  constructor(code: status, reason: ErrorReasonName, message: string, options: FailureOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.reason = reason;
    this.metadata = options.metadata ?? {};
    this.retryAfterMs = options.retryAfterMs;
    this.violations = options.violations ?? [];
  }
}

/**
 * Makes the error for a reason; the canonical code follows from it.
 *
 * ```ts
 * throw failure('MODEL_NOT_FOUND', `No model is named ${name}. Ask ListModels for those that are.`, { metadata: { name } });
 * ```
 */
export function failure(reason: ErrorReasonName, message: string, options?: FailureOptions): IsthmusError {
  return new IsthmusError(codeOfReason[reason], reason, message, options);
}
