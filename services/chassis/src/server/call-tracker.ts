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
import { CallRecord, recordsByCall, recordsByMetadata } from './call-record.js';
import { explainStatus } from './explain-status.js';
import type { CallListener, PartialStatus } from './transport-types.js';

/** Told of every call that has ended. */
export type CallObserver = (record: CallRecord, status: PartialStatus, durationMs: number) => void;

/**
 * Knows the calls that are open on a server. It stands next to the transport, so that it also sees the statuses that
 * grpc-js sends by itself (deadline passed, message too large) and gives each of them its reason.
 */
export class CallTracker {
  readonly #open = new Set<CallRecord>();
  readonly #observe: CallObserver;
  readonly #clock: Clock;
  readonly #maxMessageBytes: number;
  #draining = false;

  constructor(options: { observe: CallObserver; clock: Clock; maxMessageBytes: number }) {
    this.#observe = options.observe;
    this.#clock = options.clock;
    this.#maxMessageBytes = options.maxMessageBytes;
  }

  /** Number of open calls. */
  get openCalls(): number {
    return this.#open.size;
  }

  /** Refuses new calls with DRAINING and ends the open response streams with it; other calls may finish. */
  drain(): void {
    this.#draining = true;
    for (const record of [...this.#open]) if (record.isStream) record.end(drainingError());
  }

  /** Ends every call that is still open. */
  endAll(): void {
    for (const record of [...this.#open]) record.end(drainingError());
  }

  /** The interceptor; it must be the first of a server's, so that it gets the call of the transport itself. */
  readonly interceptor: ServerInterceptor = (method, call) => {
    const send = call.sendStatus.bind(call);
    const record = new CallRecord(method.path, {
      isStream: method.responseStream,
      peer: call.getPeer(),
      startedMs: this.#clock.monotonic(),
      end: (error) => {
        record.error = error;
        call.sendStatus(asStatus(error));
      },
    });
    this.#open.add(record);
    recordsByCall.set(call, record);
    call.sendStatus = (sent) => {
      if (record.status) return;
      const complete = this.#complete(record, sent);
      this.#close(record, complete);
      send(complete);
    };
    const start = call.start.bind(call);
    call.start = (listener) => {
      if (this.#draining) call.sendStatus(asStatus(drainingError()));
      else start(this.#listen(record, listener));
    };
    return call as ServerInterceptingCallInterface as ServerInterceptingCall;
  };

  #listen(record: CallRecord, listener: CallListener): CallListener {
    return {
      onReceiveMetadata: (metadata) => {
        recordsByMetadata.set(metadata, record);
        listener.onReceiveMetadata(metadata);
      },
      onReceiveMessage: (message) => listener.onReceiveMessage(message),
      onReceiveHalfClose: () => listener.onReceiveHalfClose(),
      // Comes after every call, however it ended; one without a status by then was given up by the caller.
      onCancel: () => {
        if (!record.status) {
          const gone = failure('CANCELLED', 'The caller went away.');
          record.abort(gone);
          this.#close(record, asStatus(gone));
        }
        listener.onCancel();
      },
    };
  }

  #complete(record: CallRecord, sent: PartialStatus): PartialStatus {
    if (sent.code === status.OK || sent.metadata?.get(statusDetailsKey).length) return sent;
    record.error = explainStatus(sent, this.#maxMessageBytes);
    return asStatus(record.error);
  }

  #close(record: CallRecord, ended: PartialStatus): void {
    record.status = ended;
    this.#open.delete(record);
    if (ended.code === status.DEADLINE_EXCEEDED)
      record.abort(failure('DEADLINE_EXCEEDED', 'The deadline passed before the answer was ready.'));
    this.#observe(record, ended, this.#clock.monotonic() - record.startedMs);
  }
}

function asStatus(error: IsthmusError): PartialStatus {
  const proto = toStatusProto(error);
  return { code: error.code, details: proto.message, metadata: statusMetadata(error, proto) };
}

function drainingError(): IsthmusError {
  return failure('DRAINING', 'The server is shutting down. Try again; another replica will answer.');
}
