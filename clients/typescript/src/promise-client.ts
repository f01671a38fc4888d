import { randomUUID } from 'node:crypto';
import { type ChannelCredentials, Client, type MethodDefinition } from '@grpc/grpc-js';
import { type CallOptions, streamCall, unaryCall } from './call.js';
import { channelOptions } from './channel.js';
import { exchangeCall } from './exchange-call.js';

/** A message with every field optional; what is left out takes the default of the contract. */
export type PartialMessage<T> = T extends bigint | string | number | boolean | Uint8Array | Date
  ? T
  : T extends readonly (infer Element)[]
    ? readonly PartialMessage<Element>[]
    : T extends { $case: infer Case extends string }
      ? { [Key in Exclude<keyof T, '$case'>]?: PartialMessage<T[Key]> } & { $case: Case }
      : T extends object
        ? { [Key in keyof T]?: PartialMessage<T[Key]> | undefined }
        : T;

/** Fills in the defaults of a request. The generated message objects are of this kind. */
export interface RequestCodec<Request> {
  fromPartial(partial: never): Request;
}

// biome-ignore lint/suspicious/noExplicitAny: a method of any request and response
type AnyMethod = MethodDefinition<any, any>;

/** A stream of requests. */
export type Requests<Request> = AsyncIterable<PartialMessage<Request>> | Iterable<PartialMessage<Request>>;

/** A method by the kind of its two sides: a promise of one answer or a generator of many. */
export type PromiseMethod<Definition> = Definition extends {
  requestStream: infer Sends;
  responseStream: infer Streams;
  requestSerialize: (value: infer Request) => Buffer;
  responseDeserialize: (bytes: Buffer) => infer Response;
}
  ? (
      request: Sends extends true ? Requests<Request> : PartialMessage<Request>,
      options?: CallOptions,
    ) => Streams extends true ? AsyncGenerator<Response> : Promise<Response>
  : never;

/** Methods of a service, by the names of the generated definition. */
export type PromiseClient<Definition, Names extends keyof Definition> = {
  readonly [Name in Names]: PromiseMethod<Definition[Name]>;
} & {
  /** Closes the connection. Calls that are under way fail. */
  close(): void;
};

/** Where and how to connect. */
export interface ConnectionOptions {
  /** `host:port`, a resolver URI such as `dns:///retrieval:7002`, or several `host:port` joined by commas. */
  readonly address: string;
  readonly credentials: ChannelCredentials;
  /** Deadline of a call that sets none, milliseconds. */
  readonly deadlineMs: number;
}

/**
 * A client of one service whose methods return promises (or async generators for server streams).
 * Mutating requests without a request id get a fresh one, so that a retry is harmless.
 * @param definition the generated service definition
 * @param codecs the request message of each method that is offered
 */
export function promiseClient<
  Definition extends { readonly [Name in keyof Definition]: AnyMethod },
  Names extends keyof Definition & string,
>(
  definition: Definition,
  codecs: { readonly [Name in Names]: RequestCodec<unknown> },
  options: ConnectionOptions,
): PromiseClient<Definition, Names> {
  const channel = new Client(
    target(options.address),
    options.credentials,
    channelOptions(Object.values<AnyMethod>(definition)),
  );
  const methods: Record<string, unknown> = { close: () => channel.close() };
  for (const name of Object.keys(codecs)) {
    const method = definition[name as keyof Definition] as AnyMethod;
    const codec = codecs[name as Names] as RequestCodec<{ requestId?: string }>;
    methods[name] = method.requestStream
      ? exchangeMethod(channel, method, codec, options.deadlineMs)
      : promiseMethod(channel, method, codec, options.deadlineMs);
  }
  return methods as PromiseClient<Definition, Names>;
}

function promiseMethod(
  channel: Client,
  method: AnyMethod,
  codec: RequestCodec<{ requestId?: string }>,
  defaultDeadlineMs: number,
) {
  const fullName = method.path.slice(1);
  return (partial: object, { deadlineMs = defaultDeadlineMs, signal }: CallOptions = {}) => {
    const message = codec.fromPartial(partial as never);
    if (message.requestId === '') message.requestId = randomUUID();
    return method.responseStream
      ? streamCall(
          fullName,
          (request, metadata, options) =>
            channel.makeServerStreamRequest(
              method.path,
              method.requestSerialize,
              method.responseDeserialize,
              request,
              metadata,
              options,
            ),
          message,
          deadlineMs,
          signal,
        )
      : unaryCall(
          fullName,
          (request, metadata, options, callback) =>
            channel.makeUnaryRequest(
              method.path,
              method.requestSerialize,
              method.responseDeserialize,
              request,
              metadata,
              options,
              callback as never,
            ),
          message,
          deadlineMs,
          signal,
        );
  };
}

function exchangeMethod(
  channel: Client,
  method: AnyMethod,
  codec: RequestCodec<unknown>,
  defaultDeadlineMs: number,
) {
  return (requests: Requests<object>, { deadlineMs = defaultDeadlineMs, signal }: CallOptions = {}) => {
    // On the wire the answer of a method with one answer is a stream of one.
    const answers = exchangeCall(
      method.path.slice(1),
      (metadata, options) =>
        channel.makeBidiStreamRequest(
          method.path,
          method.requestSerialize,
          method.responseDeserialize,
          metadata,
          options,
        ),
      completed(requests, codec),
      deadlineMs,
      signal,
    );
    return method.responseStream ? answers : only(answers, method.path);
  };
}

async function* completed<Request>(requests: Requests<object>, codec: RequestCodec<Request>) {
  for await (const partial of requests) yield codec.fromPartial(partial as never);
}

async function only<Response>(answers: AsyncGenerator<Response>, path: string): Promise<Response> {
  let last: { readonly answer: Response } | undefined;
  for await (const answer of answers) last = { answer };
  if (last === undefined) throw new TypeError(`the server ended ${path} without an answer`);
  return last.answer;
}

/** Several plain addresses are balanced by the `ipv4:` resolver of grpc-js. */
function target(address: string): string {
  return address.includes(',') ? `ipv4:${address}` : address;
}
