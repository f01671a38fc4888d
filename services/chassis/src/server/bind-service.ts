import type { ServiceDefinition } from '@grpc/grpc-js';
import type { CallContext } from './call-context.js';

/** A service with its handlers, ready to be offered by a server. */
export interface ServiceBinding {
  readonly definition: ServiceDefinition;
  readonly handlers: Readonly<Record<string, AnyHandler>>;
  /** Full name, for example `isthmus.retrieval.v1.RetrievalService`. */
  readonly serviceName: string;
}

type RequestOf<Method> = Method extends { requestDeserialize: (bytes: Buffer) => infer Request }
  ? Request
  : never;
type ResponseOf<Method> = Method extends { responseSerialize: (message: infer Response) => Buffer }
  ? Response
  : never;

/** The handler of a method, by its streaming. */
export type Handler<Method> = Method extends { requestStream: false; responseStream: false }
  ? (request: RequestOf<Method>, call: CallContext) => Promise<ResponseOf<Method>>
  : Method extends { requestStream: false; responseStream: true }
    ? (request: RequestOf<Method>, call: CallContext) => AsyncIterable<ResponseOf<Method>>
    : Method extends { requestStream: true; responseStream: false }
      ? (requests: AsyncIterable<RequestOf<Method>>, call: CallContext) => Promise<ResponseOf<Method>>
      : (requests: AsyncIterable<RequestOf<Method>>, call: CallContext) => AsyncIterable<ResponseOf<Method>>;

/** The handlers of all methods of a service. */
export type Handlers<Definition> = { readonly [Method in keyof Definition]: Handler<Definition[Method]> };

/** A handler whose types have been forgotten. */
export type AnyHandler = (request: never, call: CallContext) => Promise<unknown> | AsyncIterable<unknown>;

/** The methods of a service as ts-proto and grpc-js describe them. */
export type MethodTable = Readonly<
  Record<string, { readonly path: string; readonly requestStream: boolean; readonly responseStream: boolean }>
>;

/**
 * Binds handlers to a service: `bindService(RetrievalServiceService, { retrieve: async (request, call) => … })`.
 * A handler throws an {@link IsthmusError} to fail; anything else that it throws becomes INTERNAL with an incident id.
 * Requests have been checked against the rules of the schema before a handler sees them.
 */
export function bindService<Definition extends MethodTable>(
  definition: Definition,
  handlers: Handlers<Definition>,
): ServiceBinding {
  const [first] = Object.values(definition);
  if (!first) throw new Error('A service without methods cannot be bound.');
  const serviceName = first.path.split('/')[1] ?? '';
  return {
    definition: definition as unknown as ServiceDefinition,
    handlers: handlers as Readonly<Record<string, AnyHandler>>,
    serviceName,
  };
}
