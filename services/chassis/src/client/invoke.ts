import { once } from 'node:events';
import type { CallOptions, Client, Metadata, MethodDefinition, ServiceError } from '@grpc/grpc-js';
import { failure } from '../errors/isthmus-error.js';
import { fromServiceError } from '../errors/service-error.js';
import { BrokenAnswer, isBrokenOff } from './broken-answer.js';
import type { BidiStream, CallSettings, ResponseStream } from './service-client.js';

/** A channel, and how the settings of a call become options of grpc-js. */
export interface Invocation {
  readonly client: Client;
  metadata(settings: CallSettings | undefined): Metadata;
  callOptions(settings: CallSettings | undefined, isUnary: boolean): CallOptions;
}

type Method = MethodDefinition<unknown, unknown>;

interface Cancellable {
  cancel(): void;
}

/**
 * Calls a method with one request and one response.
 * @param repeats how often a call may be made again whose answer breaks off; 0 where it is not safe to repeat
 */
export async function callUnary(
  invocation: Invocation,
  method: Method,
  request: unknown,
  settings: CallSettings | undefined,
  repeats: number,
): Promise<unknown> {
  const options = invocation.callOptions(settings, true); // the deadline is that of all attempts
  for (let left = repeats; ; left--) {
    try {
      return await attemptUnary(invocation, method, request, settings, options);
    } catch (error) {
      if (error instanceof BrokenAnswer && left > 0) continue;
      throw error instanceof BrokenAnswer ? fromServiceError(error.cause) : error;
    }
  }
}

function attemptUnary(
  invocation: Invocation,
  method: Method,
  request: unknown,
  settings: CallSettings | undefined,
  options: CallOptions,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    if (settings?.signal?.aborted) return reject(cancelled(settings.signal));
    let hasBegun = false;
    const call = invocation.client.makeUnaryRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      request,
      invocation.metadata(settings),
      options,
      (error, response) => {
        release();
        if (!error) resolve(response);
        else if (hasBegun && isBrokenOff(error)) reject(new BrokenAnswer(error));
        else reject(fromServiceError(error));
      },
    );
    call.on('metadata', () => {
      hasBegun = true;
    });
    const release = cancelOnAbort(call, settings?.signal);
  });
}

/** Calls a method with one request and a stream of responses. */
export function callServerStream(
  invocation: Invocation,
  method: Method,
  request: unknown,
  settings?: CallSettings,
): ResponseStream<unknown> {
  const call = invocation.client.makeServerStreamRequest(
    method.path,
    method.requestSerialize,
    method.responseDeserialize,
    request,
    invocation.metadata(settings),
    invocation.callOptions(settings, false),
  );
  const release = cancelOnAbort(call, settings?.signal);
  const outcome = outcomeOf(call);
  return { [Symbol.asyncIterator]: () => responsesOf(call, outcome, release), cancel: () => call.cancel() };
}

/** Calls a method with a stream of requests and one response. */
export function callClientStream(
  invocation: Invocation,
  method: Method,
  requests: AsyncIterable<unknown> | Iterable<unknown>,
  settings?: CallSettings,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    const call = invocation.client.makeClientStreamRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      invocation.metadata(settings),
      invocation.callOptions(settings, false),
      (error, response) => {
        isOver = true;
        release();
        if (error) reject(fromServiceError(error));
        else resolve(response);
      },
    );
    const release = cancelOnAbort(call, settings?.signal);
    const send = async () => {
      for await (const request of requests) {
        if (isOver) return;
        if (!call.write(request)) await Promise.race([once(call, 'drain'), once(call, 'close')]);
      }
      call.end();
    };
    send().catch((error) => {
      // What the caller's own iterable throws is the caller's to see, not the CANCELLED that follows from it.
      reject(error);
      call.cancel();
    });
  });
}

/** Calls a method with streams both ways. */
export function callBidi(
  invocation: Invocation,
  method: Method,
  settings?: CallSettings,
): BidiStream<unknown, unknown> {
  const call = invocation.client.makeBidiStreamRequest(
    method.path,
    method.requestSerialize,
    method.responseDeserialize,
    invocation.metadata(settings),
    invocation.callOptions(settings, false),
  );
  const release = cancelOnAbort(call, settings?.signal);
  const outcome = outcomeOf(call);
  return {
    async write(request) {
      if (outcome.error) throw outcome.error;
      if (!call.write(request)) await Promise.race([once(call, 'drain'), once(call, 'close')]);
      if (outcome.error) throw outcome.error;
    },
    end: () => call.end(),
    cancel: () => call.cancel(),
    [Symbol.asyncIterator]: () => responsesOf(call, outcome, release),
  };
}

type Readable = AsyncIterable<unknown> &
  Cancellable & { on(event: 'error', listener: (error: ServiceError) => void): unknown };

/** Follows how a call ends from its start on: grpc-js says so once, and perhaps before anybody reads. */
function outcomeOf(call: Readable): { error: Error | undefined } {
  const outcome: { error: Error | undefined } = { error: undefined };
  call.on('error', (error) => {
    outcome.error ??= fromServiceError(error);
  });
  return outcome;
}

async function* responsesOf(
  call: Readable,
  outcome: { error: Error | undefined },
  release: () => void,
): AsyncGenerator<unknown> {
  let hasEnded = false;
  try {
    for await (const response of call) yield response;
    hasEnded = true;
  } catch (error) {
    hasEnded = true;
    throw outcome.error ?? fromServiceError(error);
  } finally {
    release();
    if (!hasEnded) call.cancel();
  }
  if (outcome.error) throw outcome.error;
}

/** Cancels a call when a signal is aborted; returns what ends the listening. */
function cancelOnAbort(call: Cancellable, signal: AbortSignal | undefined): () => void {
  if (!signal) return () => {};
  const cancel = () => call.cancel();
  if (signal.aborted) cancel();
  else signal.addEventListener('abort', cancel, { once: true });
  return () => signal.removeEventListener('abort', cancel);
}

function cancelled(signal: AbortSignal): Error {
  return failure('CANCELLED', 'The call was cancelled before it began.', { cause: signal.reason });
}
