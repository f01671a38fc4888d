import type { CallContext } from '../server/call-context.js';

/** What may be said of one call. */
export interface CallSettings {
  /** Time allowed, in milliseconds. The client's default where it is left out; a parent's remainder if that is less. */
  readonly deadlineMs?: number;
  /** Cancels the call. */
  readonly signal?: AbortSignal;
  /** The call on whose behalf this one is made: its deadline and its cancellation pass on. */
  readonly parent?: CallContext;
  /** Headers to send. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The answers of a stream, to be read with `for await`; leaving the loop cancels the call. */
export interface ResponseStream<Response> extends AsyncIterable<Response> {
  /** Ends the call from this side. */
  cancel(): void;
}

/** Both directions of a stream: write, read with `for await`, end. */
export interface BidiStream<Request, Response> extends ResponseStream<Response> {
  /** Sends a request; resolves when it may be followed by the next one. */
  write(request: Request): Promise<void>;
  /** Says that no request follows. */
  end(): void;
}

type RequestOf<Method> = Method extends { requestSerialize: (message: infer Request) => Buffer }
  ? Request
  : never;
type ResponseOf<Method> = Method extends { responseDeserialize: (bytes: Buffer) => infer Response }
  ? Response
  : never;

/** A method as it is called, by its streaming. Failures are {@link IsthmusError}s. */
export type ClientMethod<Method> = Method extends { requestStream: false; responseStream: false }
  ? (request: RequestOf<Method>, settings?: CallSettings) => Promise<ResponseOf<Method>>
  : Method extends { requestStream: false; responseStream: true }
    ? (request: RequestOf<Method>, settings?: CallSettings) => ResponseStream<ResponseOf<Method>>
    : Method extends { requestStream: true; responseStream: false }
      ? (
          requests: AsyncIterable<RequestOf<Method>> | Iterable<RequestOf<Method>>,
          settings?: CallSettings,
        ) => Promise<ResponseOf<Method>>
      : (settings?: CallSettings) => BidiStream<RequestOf<Method>, ResponseOf<Method>>;

/** The methods of a service, and the life of the connections behind them. */
export type ServiceClient<Definition> = {
  readonly [Name in keyof Definition]: ClientMethod<Definition[Name]>;
} & {
  /** Resolves when a server is connected, or fails with DEPENDENCY_UNAVAILABLE after `timeoutMs`. */
  waitForReady(timeoutMs: number): Promise<void>;
  /** Closes the connections. Calls that are open may finish. */
  close(): void;
};
