import type {
  ClientDuplexStream,
  CallOptions as GrpcCallOptions,
  Metadata,
  ServiceError,
} from '@grpc/grpc-js';
import { aborted, endSpan, startSpan } from './call.js';
import { errorFromCall } from './error.js';

/** A method with a stream of requests, opened. */
export type ExchangeMethod<Request, Response> = (
  metadata: Metadata,
  options: Partial<GrpcCallOptions>,
) => ClientDuplexStream<Request, Response>;

/**
 * Sends a stream of requests and reads what comes back, both at once. Leaving the loop early cancels the call.
 * @param requests sent as fast as the server takes them; an error that it throws cancels the call
 * @throws IsthmusError
 */
export async function* exchangeCall<Request, Response>(
  method: string,
  open: ExchangeMethod<Request, Response>,
  requests: AsyncIterable<Request> | Iterable<Request>,
  deadlineMs: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Response> {
  if (signal?.aborted) throw aborted(signal);
  const { span, metadata } = startSpan(method);
  const call = open(metadata, { deadline: Date.now() + deadlineMs });
  const abort = () => call.cancel();
  signal?.addEventListener('abort', abort, { once: true });
  let failure: ServiceError | null = null;
  let thrown: { readonly error: unknown } | undefined;
  const sending = send(call, requests).catch((error) => {
    thrown = { error };
    call.cancel();
  });
  try {
    for await (const message of call) yield message as Response;
    await sending;
  } catch (error) {
    if (thrown !== undefined) throw thrown.error;
    failure = error as ServiceError;
    throw errorFromCall(failure);
  } finally {
    signal?.removeEventListener('abort', abort);
    call.cancel();
    endSpan(span, failure);
  }
}

async function send<Request, Response>(
  call: ClientDuplexStream<Request, Response>,
  requests: AsyncIterable<Request> | Iterable<Request>,
): Promise<void> {
  for await (const request of requests) {
    if (call.destroyed) return;
    if (!call.write(request)) await drained(call);
  }
  call.end();
}

/** Resolves when more may be written, or when nothing will be. */
function drained(call: NodeJS.EventEmitter): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      for (const event of ['drain', 'close', 'error']) call.off(event, done);
      resolve();
    };
    for (const event of ['drain', 'close', 'error']) call.on(event, done);
  });
}
