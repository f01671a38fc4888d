import { randomUUID } from 'node:crypto';
import {
  type CallOptions,
  type ChannelCredentials,
  type ChannelOptions,
  Client,
  credentials as channelCredentials,
  type Interceptor,
  Metadata,
  type MethodDefinition,
} from '@grpc/grpc-js';
import { failure } from '../errors/isthmus-error.js';
import type { MethodTable } from '../server/bind-service.js';
import { defaultDeadlineMs, keepaliveTimeMs, keepaliveTimeoutMs, maxMessageBytes } from '../server/limits.js';
import { callBidi, callClientStream, callServerStream, callUnary, type Invocation } from './invoke.js';
import { defaultRetryPolicy, type RetryPolicy, serviceConfig } from './retry-policy.js';
import { hasRequestId, isSafeToRetry } from './safe-to-retry.js';
import type { CallSettings, ServiceClient } from './service-client.js';

/** Settings of a client; all but the protection have defaults that suit a mesh. */
export interface ClientOptions {
  /** Deadline of unary calls that set none, in milliseconds. Default 10,000. */
  readonly defaultDeadlineMs?: number;
  /** Largest message either way, in bytes. Default 4 MiB, as the servers have it. */
  readonly maxMessageBytes?: number;
  readonly keepaliveTimeMs?: number;
  readonly keepaliveTimeoutMs?: number;
  /** How calls that are safe to repeat are repeated. */
  readonly retry?: Partial<RetryPolicy>;
  /** Which methods are safe to repeat, by path; reads and calls with a request id by default. */
  readonly isSafeToRetry?: (path: string) => boolean;
  /** Interceptors, outermost first, for example those of telemetry. */
  readonly interceptors?: readonly Interceptor[];
  /** How the connection is protected: certificates, or `plaintext`, which has to be said. */
  readonly credentials: ChannelCredentials | 'plaintext';
  /** Further channel options of grpc-js. */
  readonly channelOptions?: ChannelOptions;
}

/** A generated client class, of which the service definition is used. */
export interface ClientClass<Definition> {
  readonly service: Definition;
  readonly serviceName: string;
}

/**
 * Connects to a service.
 *
 * ```ts
 * const retrieval = connect(RetrievalServiceClient, '127.0.0.1:7402', { credentials });
 * const answer = await retrieval.retrieve(RetrieveRequest.fromPartial({ … }), { deadlineMs: 200 });
 * ```
 *
 * @param address `HOST:PORT`, several of them separated by commas (calls go round them), or a target of gRPC such as
 * `dns:///HOST:PORT`
 */
export function connect<Definition extends MethodTable>(
  clientClass: ClientClass<Definition>,
  address: string,
  options: ClientOptions,
): ServiceClient<Definition> {
  const methods = Object.entries(clientClass.service) as [string, MethodDefinition<unknown, unknown>][];
  const safe =
    options.isSafeToRetry ?? ((path) => methods.some(([, m]) => m.path === path && isSafeToRetry(m)));
  const client = new Client(
    target(address),
    options.credentials === 'plaintext' ? channelCredentials.createInsecure() : options.credentials,
    channelOptions(options, methods.map(([, { path }]) => path).filter(safe)),
  );
  const invocation = invocationOf(client, options.defaultDeadlineMs ?? defaultDeadlineMs);
  const repeats = (options.retry?.maxAttempts ?? defaultRetryPolicy.maxAttempts) - 1;
  const bound = methods.map(([name, method]) => [
    name,
    bindMethod(invocation, method, safe(method.path) ? repeats : 0),
  ]);
  return {
    ...Object.fromEntries(bound),
    waitForReady: (timeoutMs: number) => waitForReady(client, address, timeoutMs),
    close: () => client.close(),
  } as ServiceClient<Definition>;
}

function bindMethod(
  invocation: Invocation,
  method: MethodDefinition<unknown, unknown>,
  repeats: number,
): unknown {
  if (method.requestStream && method.responseStream)
    return (settings?: CallSettings) => callBidi(invocation, method, settings);
  if (method.requestStream)
    return (requests: AsyncIterable<unknown> | Iterable<unknown>, settings?: CallSettings) =>
      callClientStream(invocation, method, requests, settings);
  if (method.responseStream)
    return (request: unknown, settings?: CallSettings) =>
      callServerStream(invocation, method, request, settings);
  if (!hasRequestId(method.path))
    return (request: unknown, settings?: CallSettings) =>
      callUnary(invocation, method, request, settings, repeats);
  return (request: { requestId?: string }, settings?: CallSettings) =>
    callUnary(
      invocation,
      method,
      request.requestId ? request : { ...request, requestId: randomUUID() },
      settings,
      repeats,
    );
}

function invocationOf(client: Client, defaultDeadline: number): Invocation {
  return {
    client,
    metadata(settings) {
      const metadata = new Metadata();
      for (const [name, value] of Object.entries(settings?.metadata ?? {})) metadata.set(name, value);
      return metadata;
    },
    callOptions(settings, isUnary) {
      const options: CallOptions = { ...settings?.parent?.clientOptions() };
      const allowedMs = settings?.deadlineMs ?? (isUnary ? defaultDeadline : undefined);
      if (allowedMs === undefined) return options;
      const own = Date.now() + allowedMs;
      const inherited = options.deadline === undefined ? own : Number(options.deadline);
      return { ...options, deadline: Math.min(own, inherited) };
    },
  };
}

function channelOptions(
  options: ClientOptions,
  retriedPaths: readonly string[],
): ChannelOptions & { interceptors: Interceptor[] } {
  const limitBytes = options.maxMessageBytes ?? maxMessageBytes;
  return {
    'grpc.max_receive_message_length': limitBytes,
    'grpc.max_send_message_length': limitBytes,
    'grpc.keepalive_time_ms': options.keepaliveTimeMs ?? keepaliveTimeMs,
    'grpc.keepalive_timeout_ms': options.keepaliveTimeoutMs ?? keepaliveTimeoutMs,
    'grpc.keepalive_permit_without_calls': 0,
    'grpc.service_config': serviceConfig(retriedPaths, { ...defaultRetryPolicy, ...options.retry }),
    'grpc.service_config_disable_resolution': 1,
    'grpc.initial_reconnect_backoff_ms': 100,
    'grpc.max_reconnect_backoff_ms': 5000,
    'grpc.dns_min_time_between_resolutions_ms': resolutionPauseMs,
    'grpc.enable_channelz': 0,
    ...options.channelOptions,
    interceptors: [...(options.interceptors ?? [])],
  };
}

/**
 * Least time between two resolutions of a name, in milliseconds. grpc-js would wait half a minute, and so long would a
 * replica that takes the place of a lost one get no call.
 */
const resolutionPauseMs = 5000;

/** Several addresses become one target, round which the calls go. */
function target(address: string): string {
  return address.includes(',') && !address.includes(':///') && !/^ipv[46]:/.test(address)
    ? `ipv4:${address}`
    : address;
}

function waitForReady(client: Client, address: string, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    client.waitForReady(Date.now() + timeoutMs, (error) => {
      if (!error) return resolve();
      reject(
        failure(
          'DEPENDENCY_UNAVAILABLE',
          `No server answers at ${address} within ${timeoutMs} ms. Is it started?`,
          {
            metadata: { dependency: address },
            cause: error,
          },
        ),
      );
    });
  });
}
