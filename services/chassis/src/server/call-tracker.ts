import {
  type ServerInterceptingCall,
  type ServerInterceptingCallInterface,
  type ServerInterceptor,
  status,
} from '@grpc/grpc-js';
import { failure, type IsthmusError } from '../errors/isthmus-error.js';
import { statusDetailsKey, statusMetadata } from '../errors/service-error.js';
import { toStatusProto } from '../errors/status-proto.js';
import type { Clock } from '../lifecycle/clock.js';
import { attachRecord, CallRecord, recordOf } from './call-record.js';
import { explainStatus } from './explain-status.js';
import { type CallEvents, TrackedCall } from './tracked-call.js';
import type { PartialStatus } from './transport-types.js';

/** Told of every call that has ended. */
export type CallObserver = (record: CallRecord, status: PartialStatus, durationMs: number) => void;

/** Says why a call is refused before it begins; undefined where it is not. */
export type CallRefusal = (record: CallRecord) => IsthmusError | undefined;

/**
 * Knows the calls that are open on a server. It stands next to the transport, so that it also sees the statuses that
 * grpc-js sends by itself (deadline passed, message too large) and gives each of them its reason.
 */
export class CallTracker implements CallEvents {
  readonly #open = new Set<CallRecord>();
  readonly #observe: CallObserver;
  readonly #clock: Clock;
  readonly #maxMessageBytes: number;
  readonly #refusal: CallRefusal | undefined;
  readonly #sendStatus: (this: ServerInterceptingCallInterface, sent: PartialStatus) => void;
  #draining = false;

  constructor(options: {
    observe: CallObserver;
    clock: Clock;
    maxMessageBytes: number;
    refusal?: CallRefusal | undefined;
  }) {
    this.#refusal = options.refusal;
    this.#observe = options.observe;
    this.#clock = options.clock;
    this.#maxMessageBytes = options.maxMessageBytes;
    const tracker = this;
    // Stands in for the transport's own method, which it finds on the prototype: one function for all calls.
    this.#sendStatus = function (sent) {
      const record = recordOf(this);
      if (!record || record.status) return;
      const complete = tracker.#complete(record, sent);
      tracker.#close(record, complete);
      Object.getPrototypeOf(this).sendStatus.call(this, complete);
    };
  }

  /** Number of open calls. */
  get openCalls(): number {
    return this.#open.size;
  }

  /** Refuses new calls with DRAINING and ends the open response streams with it; other calls may finish. */
  drain(): void {
    this.#draining = true;
    for (const record of [...this.#open]) if (record.isStream) endAsDraining(record);
  }

  /** Ends every call that is still open. */
  endAll(): void {
    for (const record of [...this.#open]) endAsDraining(record);
  }

  /** The interceptor; it must be the first of a server's, so that it gets the call of the transport itself. */
  readonly interceptor: ServerInterceptor = (method, call) => {
    const options = { isStream: method.responseStream, startedMs: this.#clock.monotonic() };
    const record = new CallRecord(method.path, call, options);
    this.#open.add(record);
    attachRecord(call, record);
    call.sendStatus = this.#sendStatus;
    // grpc-js declares the class, and needs its interface only.
    return new TrackedCall(call, record, this) as ServerInterceptingCallInterface as ServerInterceptingCall;
  };

  admit(record: CallRecord): boolean {
    if (this.#draining) endAsDraining(record);
    const refused = this.#draining ? undefined : this.#refusal?.(record);
    if (refused) record.end(refused, asStatus(refused));
    return !this.#draining && !refused;
  }

  cancelled(record: CallRecord): void {
    if (record.status) return;
    const isLate = record.deadline - this.#clock.now() < deadlineSkewMs;
    const reason = isLate ? deadlineExceeded() : failure('CANCELLED', 'The caller went away.');
    record.abort(reason);
    this.#close(record, asStatus(reason));
  }

  #complete(record: CallRecord, sent: PartialStatus): PartialStatus {
    if (sent.code === status.OK || sent.metadata?.get(statusDetailsKey).length) return sent;
    record.error = explainStatus(sent, this.#maxMessageBytes);
    return asStatus(record.error);
  }

  #close(record: CallRecord, ended: PartialStatus): void {
    record.status = ended;
    this.#open.delete(record);
    if (ended.code === status.DEADLINE_EXCEEDED) record.abort(deadlineExceeded());
    this.#observe(record, ended, this.#clock.monotonic() - record.startedMs);
  }
}

/**
 * A caller's deadline ends a moment before the server's, which began when the request arrived, and then reaches the
 * server as a cancellation. One that comes within this many milliseconds of the deadline is taken for it.
 */
const deadlineSkewMs = 20;

function deadlineExceeded(): IsthmusError {
  return failure('DEADLINE_EXCEEDED', 'The deadline passed before the answer was ready. Allow more time.');
}

function endAsDraining(record: CallRecord): void {
  const error = failure('DRAINING', 'The server is shutting down. Try again; another replica will answer.');
  record.end(error, asStatus(error));
}

function asStatus(error: IsthmusError): PartialStatus {
  const proto = toStatusProto(error);
  return { code: error.code, details: proto.message, metadata: statusMetadata(error, proto) };
}
