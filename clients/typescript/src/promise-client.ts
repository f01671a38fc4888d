import { randomUUID } from 'node:crypto';
import { type ChannelCredentials, Client, type MethodDefinition } from '@grpc/grpc-js';
import { type CallOptions, streamCall, unaryCall } from './call.js';
import { channelOptions } from './channel.js';

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

/** Methods of a service that take one request, by the names of the generated definition. */
export type PromiseClient<Definition, Names extends keyof Definition> = {
  readonly [Name in Names]: Definition[Name] extends {
    responseStream: infer Streams;
    requestSerialize: (value: infer Request) => Buffer;
    responseDeserialize: (bytes: Buffer) => infer Response;
  }
    ? Streams extends true
      ? (request: PartialMessage<Request>, options?: CallOptions) => AsyncGenerator<Response>
      : (request: PartialMessage<Request>, options?: CallOptions) => Promise<Response>
    : never;
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
  const channel = new Client(target(options.address), options.credentials, channelOptions());
  const methods: Record<string, unknown> = { close: () => channel.close() };
  for (const name of Object.keys(codecs)) {
    const method = definition[name as keyof Definition] as AnyMethod;
    const codec = codecs[name as Names] as RequestCodec<{ requestId?: string }>;
    methods[name] = promiseMethod(channel, method, codec, options.deadlineMs);
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

/** Several plain addresses are balanced by the `ipv4:` resolver of grpc-js. */
function target(address: string): string {
  return address.includes(',') ? `ipv4:${address}` : address;
}
