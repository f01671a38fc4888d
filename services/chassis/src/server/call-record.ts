import type { PeerCertificate } from 'node:tls';
import type { Metadata, ServerInterceptingCallInterface, status } from '@grpc/grpc-js';
import type { IsthmusError } from '../errors/isthmus-error.js';
import type { PartialStatus } from './transport-types.js';

/** One call while it is open, as server and handler share it. */
export class CallRecord {
  readonly method: string;
  /** Whether the answer is a stream. */
  readonly isStream: boolean;
  readonly startedMs: number;
  /** What the call ended with; undefined while it is open. */
  status: PartialStatus | undefined;
  /** The error behind the status, where a handler gave one. */
  error: IsthmusError | undefined;
  readonly #call: ServerInterceptingCallInterface;
  #abort: AbortController | undefined;
  #reason: IsthmusError | undefined;

  constructor(
    method: string,
    call: ServerInterceptingCallInterface,
    options: { isStream: boolean; startedMs: number },
  ) {
    this.method = method;
    this.isStream = options.isStream;
    this.startedMs = options.startedMs;
    this.#call = call;
  }

  /**
   * Address of the caller's end of the connection, from what grpc-js noted at the start: asking the socket costs as much
   * as half a call.
   */
  get peer(): string {
    const { remoteAddress, remotePort } = this.#call.getConnectionInfo();
    if (remoteAddress === undefined) return 'unknown';
    return `${remoteAddress.includes(':') ? `[${remoteAddress}]` : remoteAddress}:${remotePort ?? 0}`;
  }

  /** The caller's certificate, verified by the handshake; undefined where it brought none. */
  get certificate(): PeerCertificate | undefined {
    return this.#call.getAuthContext().sslPeerCertificate;
  }

  /** When the caller stops waiting, Unix time in milliseconds; `Infinity` where it does not say. */
  get deadline(): number {
    return Number(this.#call.getDeadline());
  }

  /** Aborted with the reason when the call ends from outside. Made on demand: most handlers never look. */
  get signal(): AbortSignal {
    if (!this.#abort) {
      this.#abort = new AbortController();
      if (this.#reason) this.#abort.abort(this.#reason);
    }
    return this.#abort.signal;
  }

  /** Why the call ended from outside; undefined while it did not. */
  get abortReason(): IsthmusError | undefined {
    return this.#reason;
  }

  /** Tells the handler that nobody waits any more. */
  abort(reason: IsthmusError): void {
    if (this.#reason) return;
    this.#reason = reason;
    this.#abort?.abort(reason);
  }

  /** Ends the call from the server's side: the caller gets the error, the handler's signal is aborted. */
  end(error: IsthmusError, status: PartialStatus): void {
    this.abort(error);
    this.error ??= error;
    this.#call.sendStatus(status);
  }
}

/** Where the record of a call is kept: on grpc-js's own objects for it. A weak map would have an entry a call. */
const recordKey = Symbol('isthmus.callRecord');

/** Something of a call that can carry its record: the call as interceptors see it, or its request metadata. */
type Carrier = (ServerInterceptingCallInterface | Metadata) & { [recordKey]?: CallRecord };

/** Lets {@link recordOf} find the record. */
export function attachRecord(carrier: ServerInterceptingCallInterface | Metadata, record: CallRecord): void {
  (carrier as Carrier)[recordKey] = record;
}

/** The record of a call, by its request metadata or by the call that interceptors after the tracker get. */
export function recordOf(carrier: ServerInterceptingCallInterface | Metadata): CallRecord | undefined {
  return (carrier as Carrier)[recordKey];
}

/**
 * The code that a call has ended with, also where the transport ended it by itself (deadline, size of a message), which
 * interceptors are not told otherwise. Undefined while it is open.
 */
export function endedCode(call: ServerInterceptingCallInterface): status | undefined {
  return recordOf(call)?.status?.code;
}
