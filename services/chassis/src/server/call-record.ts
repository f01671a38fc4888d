import type { Metadata, ServerInterceptingCallInterface, status } from '@grpc/grpc-js';
import type { IsthmusError } from '../errors/isthmus-error.js';
import type { PartialStatus } from './transport-types.js';

/** One call while it is open, as server and handler share it. */
export class CallRecord {
  readonly method: string;
  readonly isStream: boolean;
  readonly peer: string;
  readonly startedMs: number;
  /** What the call ended with; undefined while it is open. */
  status: PartialStatus | undefined;
  /** The error behind the status, where a handler gave one. */
  error: IsthmusError | undefined;
  #end: ((error: IsthmusError) => void) | undefined;
  #abort: AbortController | undefined;
  #reason: IsthmusError | undefined;

  constructor(
    method: string,
    options: { isStream: boolean; peer: string; startedMs: number; end: (error: IsthmusError) => void },
  ) {
    this.method = method;
    this.isStream = options.isStream;
    this.peer = options.peer;
    this.startedMs = options.startedMs;
    this.#end = options.end;
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
  end(error: IsthmusError): void {
    this.abort(error);
    this.#end?.(error);
  }
}

/** Finds the record of a call by the metadata object that reaches its handler. */
export const recordsByMetadata = new WeakMap<Metadata, CallRecord>();

/** Finds the record of a call by the call that the interceptors after the tracker get. */
export const recordsByCall = new WeakMap<ServerInterceptingCallInterface, CallRecord>();

/**
 * The code that a call has ended with, also where the transport ended it by itself (deadline, size of a message), which
 * interceptors are not told otherwise. Undefined while it is open.
 */
export function endedCode(call: ServerInterceptingCallInterface): status | undefined {
  return recordsByCall.get(call)?.status?.code;
}
