import type { Metadata, ServerInterceptingCallInterface } from '@grpc/grpc-js';
import { attachRecord, type CallRecord } from './call-record.js';
import type { CallListener, PartialStatus } from './transport-types.js';

/** What the tracker wants to know of a call. */
export interface CallEvents {
  /** Whether the call may begin; a tracker that drains has ended it instead. */
  admit(record: CallRecord): boolean;
  /** After every call, however it ended; one without a status by then was given up by the caller. */
  cancelled(record: CallRecord): void;
}

/**
 * The call of the transport with its record. Classes and shared functions rather than closures, because this is made for
 * every call: closures cost half as much again as the whole call.
 */
export class TrackedCall implements ServerInterceptingCallInterface {
  readonly #call: ServerInterceptingCallInterface;
  readonly #record: CallRecord;
  readonly #events: CallEvents;

  constructor(call: ServerInterceptingCallInterface, record: CallRecord, events: CallEvents) {
    this.#call = call;
    this.#record = record;
    this.#events = events;
    attachRecord(this, record);
  }

  start(listener: CallListener): void {
    if (this.#events.admit(this.#record))
      this.#call.start(new TrackedListener(listener, this.#record, this.#events));
  }

  sendMetadata(metadata: Metadata): void {
    this.#call.sendMetadata(metadata);
  }

  sendMessage(message: unknown, callback: () => void): void {
    this.#call.sendMessage(message, callback);
  }

  sendStatus(status: PartialStatus): void {
    this.#call.sendStatus(status);
  }

  startRead(): void {
    this.#call.startRead();
  }

  getPeer(): string {
    return this.#call.getPeer();
  }

  getDeadline(): ReturnType<ServerInterceptingCallInterface['getDeadline']> {
    return this.#call.getDeadline();
  }

  getHost(): string {
    return this.#call.getHost();
  }

  getAuthContext(): ReturnType<ServerInterceptingCallInterface['getAuthContext']> {
    return this.#call.getAuthContext();
  }

  getConnectionInfo(): ReturnType<ServerInterceptingCallInterface['getConnectionInfo']> {
    return this.#call.getConnectionInfo();
  }

  getMetricsRecorder(): ReturnType<ServerInterceptingCallInterface['getMetricsRecorder']> {
    return this.#call.getMetricsRecorder();
  }
}

class TrackedListener implements CallListener {
  readonly #listener: CallListener;
  readonly #record: CallRecord;
  readonly #events: CallEvents;

  constructor(listener: CallListener, record: CallRecord, events: CallEvents) {
    this.#listener = listener;
    this.#record = record;
    this.#events = events;
  }

  onReceiveMetadata(metadata: Metadata): void {
    attachRecord(metadata, this.#record); // where the handler finds it
    this.#listener.onReceiveMetadata(metadata);
  }

  onReceiveMessage(message: unknown): void {
    this.#listener.onReceiveMessage(message);
  }

  onReceiveHalfClose(): void {
    this.#listener.onReceiveHalfClose();
  }

  onCancel(): void {
    this.#events.cancelled(this.#record);
    this.#listener.onCancel();
  }
}
