import type {
  ClientReadableStream,
  ClientUnaryCall,
  CallOptions as GrpcCallOptions,
  ServiceError,
} from '@grpc/grpc-js';
import { Metadata } from '@grpc/grpc-js';
import { context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { isBrokenOff } from './broken-answer.js';
import { MAX_ATTEMPTS } from './channel.js';
import { errorFromCall, IsthmusError } from './error.js';

/** How one call is made. */
export interface CallOptions {
  /** Time until the call fails with DEADLINE_EXCEEDED, milliseconds. Default: that of the client. */
  readonly deadlineMs?: number;
  /** Ends the call with CANCELLED when it is aborted; the servers behind it stop too. */
  readonly signal?: AbortSignal;
}

/** A unary method as the generated client has it. */
export type UnaryMethod<Request, Response> = (
  request: Request,
  metadata: Metadata,
  options: Partial<GrpcCallOptions>,
  callback: (error: ServiceError | null, response: Response) => void,
) => ClientUnaryCall;

/** A server-streaming method as the generated client has it. */
export type StreamMethod<Request, Response> = (
  request: Request,
  metadata: Metadata,
  options: Partial<GrpcCallOptions>,
) => ClientReadableStream<Response>;

/**
 * Makes a unary call with a deadline, inside a client span of the caller's tracer (a no-op without an OpenTelemetry SDK). It is
 * made again where its answer breaks off; all other repetition is the channel's.
 * @param method full name, for example `isthmus.retrieval.v1.RetrievalService/Retrieve`
 * @throws IsthmusError
 */
export function unaryCall<Request, Response>(
  method: string,
  invoke: UnaryMethod<Request, Response>,
  request: Request,
  deadlineMs: number,
  signal: AbortSignal | undefined,
): Promise<Response> {
  if (signal?.aborted) return Promise.reject(aborted(signal));
  const { span, metadata } = startSpan(method);
  const deadline = Date.now() + deadlineMs;
  return new Promise<Response>((resolve, reject) => {
    let call: ClientUnaryCall;
    const attempt = (attemptsLeft: number) => {
      let hasBegun = false;
      call = invoke(request, metadata, { deadline }, (error, response) => {
        if (error !== null && hasBegun && isBrokenOff(error) && attemptsLeft > 1)
          return attempt(attemptsLeft - 1);
        signal?.removeEventListener('abort', abort);
        endSpan(span, error);
        if (error === null) resolve(response);
        else reject(errorFromCall(error));
      });
      call.on('metadata', () => {
        hasBegun = true;
      });
    };
    const abort = () => call.cancel();
    attempt(MAX_ATTEMPTS);
    signal?.addEventListener('abort', abort, { once: true });
  });
}

/**
 * Reads a server stream to its end. Leaving the loop early cancels the call.
 * @throws IsthmusError
 */
export async function* streamCall<Request, Response>(
  method: string,
  invoke: StreamMethod<Request, Response>,
  request: Request,
  deadlineMs: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Response> {
  if (signal?.aborted) throw aborted(signal);
  const { span, metadata } = startSpan(method);
  const call = invoke(request, metadata, { deadline: Date.now() + deadlineMs });
  const abort = () => call.cancel();
  signal?.addEventListener('abort', abort, { once: true });
  let failure: ServiceError | null = null;
  try {
    for await (const message of call) yield message as Response;
  } catch (error) {
    failure = error as ServiceError;
    throw errorFromCall(failure);
  } finally {
    signal?.removeEventListener('abort', abort);
    call.cancel();
    endSpan(span, failure);
  }
}

/** A client span and the headers that carry it on. */
export function startSpan(method: string): { span: Span; metadata: Metadata } {
  const span = trace.getTracer('@isthmus/client').startSpan(method, {
    kind: SpanKind.CLIENT,
    attributes: { 'rpc.system.name': 'grpc', 'rpc.method': method },
  });
  const metadata = new Metadata();
  propagation.inject(trace.setSpan(context.active(), span), metadata, {
    set: (carrier, key, value) => carrier.set(key, value),
  });
  return { span, metadata };
}

/** Ends the span of a call. @param error null where it went well */
export function endSpan(span: Span, error: ServiceError | null): void {
  if (error !== null) span.setStatus({ code: SpanStatusCode.ERROR, message: error.details });
  span.end();
}

/** The error of a call that was aborted before it began. */
export function aborted(signal: AbortSignal): IsthmusError {
  return new IsthmusError({
    code: 'CANCELLED',
    reason: 'CANCELLED',
    message: 'the call was aborted before it began',
    cause: signal.reason,
  });
}
