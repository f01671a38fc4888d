import { Readable } from 'node:stream';
import type {
  CallOptions,
  handleBidiStreamingCall,
  handleClientStreamingCall,
  handleServerStreamingCall,
  handleUnaryCall,
  MethodDefinition,
  ServerDuplexStream,
  ServerReadableStream,
  ServerUnaryCall,
  ServerWritableStream,
  UntypedHandleCall,
} from '@grpc/grpc-js';
import type { Logger } from 'pino';
import { failure, IsthmusError } from '../errors/isthmus-error.js';
import { toServiceError } from '../errors/service-error.js';
import { toIsthmusError } from '../errors/to-isthmus-error.js';
import { type RequestValidator, requestValidator } from '../validation/request-validator.js';
import type { AnyHandler } from './bind-service.js';
import type { CallContext } from './call-context.js';
import { type CallRecord, recordOf } from './call-record.js';

/** What the handling of calls depends on. */
export interface HandlingOptions {
  readonly logger: Logger;
  /** Whether unary calls without a deadline are refused. */
  readonly requireDeadline: boolean;
}

type AnyCall =
  | ServerUnaryCall<unknown, unknown>
  | ServerReadableStream<unknown, unknown>
  | ServerWritableStream<unknown, unknown>
  | ServerDuplexStream<unknown, unknown>;

/** Turns a handler of ours into one of grpc-js: deadline rule, validation, cancellation, errors. */
export function handleCall(
  method: MethodDefinition<unknown, unknown>,
  handler: AnyHandler,
  { logger, requireDeadline }: HandlingOptions,
): UntypedHandleCall {
  const validate = requestValidator(method.path);
  const invoke = handler as unknown as (request: unknown, call: CallContext) => unknown;
  if (method.requestStream) return method.responseStream ? bidi : clientStream;
  return method.responseStream ? serverStream : unary;

  function unary(...[call, respond]: Parameters<handleUnaryCall<unknown, unknown>>): void {
    const context = new ServerCallContext(method.path, call, logger);
    const answer = async () => {
      if (requireDeadline && context.deadlineMs === Number.POSITIVE_INFINITY) throw deadlineRequired();
      validate?.(call.request);
      return await (invoke(call.request, context) as Promise<unknown>);
    };
    answer().then(
      (response) => respond(null, response),
      (error) => respond(toServiceError(context.failed(error))),
    );
  }

  function clientStream(...[call, respond]: Parameters<handleClientStreamingCall<unknown, unknown>>): void {
    const context = new ServerCallContext(method.path, call, logger);
    const answer = async () =>
      await (invoke(requestsOf(call, context, validate), context) as Promise<unknown>);
    answer().then(
      (response) => respond(null, response),
      (error) => respond(toServiceError(context.failed(error))),
    );
  }

  function serverStream(...[call]: Parameters<handleServerStreamingCall<unknown, unknown>>): void {
    const context = new ServerCallContext(method.path, call, logger);
    void answerWith(call, context, () => {
      validate?.(call.request);
      return invoke(call.request, context) as AsyncIterable<unknown>;
    });
  }

  function bidi(...[call]: Parameters<handleBidiStreamingCall<unknown, unknown>>): void {
    const context = new ServerCallContext(method.path, call, logger);
    void answerWith(
      call,
      context,
      () => invoke(requestsOf(call, context, validate), context) as AsyncIterable<unknown>,
    );
  }
}

/** Writes what a handler yields, as fast as the caller reads it. */
async function answerWith(
  call: ServerWritableStream<unknown, unknown> | ServerDuplexStream<unknown, unknown>,
  context: ServerCallContext,
  respond: () => AsyncIterable<unknown>,
): Promise<void> {
  try {
    for await (const message of respond()) {
      if (context.isOver) return; // leaving the loop also ends the handler's generator
      if (!call.write(message)) await context.drained(call);
    }
    if (!context.isOver) call.end();
  } catch (error) {
    const known = context.failed(error);
    if (!context.isOver) call.emit('error', toServiceError(known));
  }
}

/** The requests of a stream, each checked. A caller that goes away ends them with the reason of the signal. */
async function* requestsOf(
  call: ServerReadableStream<unknown, unknown> | ServerDuplexStream<unknown, unknown>,
  context: ServerCallContext,
  validate: RequestValidator | undefined,
): AsyncGenerator<unknown> {
  // A handler that has read enough must not destroy the stream on which its answer goes out.
  for await (const request of Readable.prototype.iterator.call(call, { destroyOnReturn: false })) {
    validate?.(request);
    yield request;
  }
  if (context.abortReason) throw context.abortReason;
}

class ServerCallContext implements CallContext {
  readonly method: string;
  readonly logger: Logger;
  readonly #call: AnyCall;
  readonly #record: CallRecord;

  constructor(method: string, call: AnyCall, logger: Logger) {
    this.method = method;
    this.logger = logger;
    this.#call = call;
    const record = recordOf(call.metadata);
    if (!record) throw new Error('A handler was called without the tracker before it.');
    this.#record = record;
    call.setMaxListeners(0); // calls to other services on behalf of this one each listen for its cancellation
  }

  get peer(): string {
    return this.#record.peer;
  }

  get signal(): AbortSignal {
    return this.#record.signal;
  }

  get deadlineMs(): number {
    return this.#record.deadline - Date.now();
  }

  /** Whether the call has a status already. */
  get isOver(): boolean {
    return this.#record.status !== undefined;
  }

  get abortReason(): IsthmusError | undefined {
    return this.#record.abortReason;
  }

  clientOptions(): CallOptions {
    return { deadline: this.#call.getDeadline(), parent: this.#call as ServerUnaryCall<unknown, unknown> };
  }

  /** The error that a call ends with, kept for the log. What was thrown because of an abort counts as its reason. */
  failed(thrown: unknown): IsthmusError {
    const aborted = this.#record.abortReason;
    const error = aborted && !(thrown instanceof IsthmusError) ? aborted : toIsthmusError(thrown);
    this.#record.error ??= error;
    return error;
  }

  /** Resolves when the caller has read what was written, or has gone. */
  drained(
    call: ServerWritableStream<unknown, unknown> | ServerDuplexStream<unknown, unknown>,
  ): Promise<void> {
    return new Promise((resolve) => {
      if (this.isOver) return resolve();
      const done = () => {
        call.off('drain', done);
        call.off('cancelled', done);
        resolve();
      };
      call.on('drain', done);
      call.on('cancelled', done);
    });
  }
}

function deadlineRequired(): IsthmusError {
  return failure(
    'DEADLINE_REQUIRED',
    'The call carries no deadline. Set one, for example 1000 ms; the clients of Isthmus do so by default.',
  );
}
