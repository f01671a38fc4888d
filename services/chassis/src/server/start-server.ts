import {
  type MethodDefinition,
  Server,
  ServerCredentials,
  type ServerInterceptor,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import type { Logger } from 'pino';
import { type Clock, systemClock } from '../lifecycle/clock.js';
import type { Authoriser } from '../security/authoriser.js';
import type { ServiceBinding } from './bind-service.js';
import { type CallObserver, CallTracker } from './call-tracker.js';
import { handleCall } from './handle-call.js';
import {
  keepaliveTimeMs,
  keepaliveTimeoutMs,
  maxConnectionAgeGraceMs,
  maxConnectionAgeMs,
  maxMessageBytes,
} from './limits.js';
import { logCalls, type RequestLog } from './log-call.js';
import { addReflection } from './reflection.js';
import { refuseUnknownMethods } from './refuse-unknown-methods.js';

/** Settings of a server; those of `server.*` in docs/configuration.md. */
export interface ServerSettings {
  /** HOST:PORT; port 0 takes a free one. Default `127.0.0.1:0`. */
  readonly address?: string;
  readonly maxMessageBytes?: number;
  readonly maxConcurrentStreams?: number;
  readonly requireDeadline?: boolean;
  /** 0 for never. */
  readonly maxConnectionAgeMs?: number;
  readonly maxConnectionAgeGraceMs?: number;
}

/** What a server offers and stands on. */
export interface ServerOptions {
  readonly services: readonly ServiceBinding[];
  /** Services that are exempt from the deadline rule: health. */
  readonly infrastructure?: readonly ServiceBinding[];
  readonly settings?: ServerSettings;
  readonly logger: Logger;
  /** Which calls get a log line; `all` by default. */
  readonly requestLog?: RequestLog;
  /** Interceptors, outermost last, for example those of telemetry. */
  readonly interceptors?: readonly ServerInterceptor[];
  /** Told of every call that has ended. */
  readonly observe?: CallObserver;
  readonly clock?: Clock;
  /** How connections are protected: certificates, or `plaintext`, which has to be said. */
  readonly credentials: ServerCredentials | 'plaintext';
  /** Says who may call what; everybody everything where it is left out. */
  readonly authoriser?: Authoriser | undefined;
  /** Whether reflection is offered. Default true. */
  readonly reflection?: boolean;
}

/** A server that listens. */
export interface RunningServer {
  /** HOST:PORT where it listens. */
  readonly address: string;
  readonly port: number;
  /** Calls that are open. */
  readonly openCalls: number;
  /**
   * Refuses new calls, ends response streams with DRAINING, says goodbye on every connection and waits for the other
   * calls, at most `graceMs`; what is left then is ended.
   */
  stop(graceMs: number): Promise<void>;
}

/** Starts a gRPC server with limits, the error model, reflection and request logs. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const {
    services,
    infrastructure = [],
    settings = {},
    logger,
    interceptors = [],
    authoriser,
    clock = systemClock,
  } = options;
  const limitBytes = settings.maxMessageBytes ?? maxMessageBytes;
  const log = logCalls(logger, options.requestLog ?? 'all');
  const tracker = new CallTracker({
    clock,
    maxMessageBytes: limitBytes,
    refusal: authoriser && ((record) => authoriser.refusal(record.method, record.certificate)),
    observe: (record, ended, durationMs) => {
      log(record, ended, durationMs);
      options.observe?.(record, ended, durationMs);
    },
  });
  const ageMs = settings.maxConnectionAgeMs ?? maxConnectionAgeMs;
  const server = new Server({
    'grpc.max_receive_message_length': limitBytes,
    'grpc.max_send_message_length': limitBytes,
    'grpc.max_concurrent_streams': settings.maxConcurrentStreams ?? 1000,
    'grpc.keepalive_time_ms': keepaliveTimeMs,
    'grpc.keepalive_timeout_ms': keepaliveTimeoutMs,
    ...(ageMs > 0
      ? {
          'grpc.max_connection_age_ms': ageMs,
          'grpc.max_connection_age_grace_ms': settings.maxConnectionAgeGraceMs ?? maxConnectionAgeGraceMs,
        }
      : {}),
    'grpc.enable_channelz': 0,
    interceptors: [tracker.interceptor, ...interceptors],
  });
  const requireDeadline = settings.requireDeadline ?? true;
  for (const binding of services) addBinding(server, binding, { logger, requireDeadline });
  for (const binding of infrastructure) addBinding(server, binding, { logger, requireDeadline: false });
  if (options.reflection ?? true) addReflection(server, [...services, ...infrastructure]);
  refuseUnknownMethods(server, methodPaths(services));

  const address = settings.address ?? '127.0.0.1:0';
  const { credentials } = options;
  const port = await bind(
    server,
    address,
    credentials === 'plaintext' ? ServerCredentials.createInsecure() : credentials,
  );
  return {
    address: `${address.slice(0, address.lastIndexOf(':'))}:${port}`,
    port,
    get openCalls() {
      return tracker.openCalls;
    },
    stop: (graceMs) => stop(server, tracker, graceMs),
  };
}

function addBinding(
  server: Server,
  { definition, handlers }: ServiceBinding,
  handling: { logger: Logger; requireDeadline: boolean },
): void {
  const implementation: UntypedServiceImplementation = {};
  for (const [name, method] of Object.entries(definition)) {
    const handler = handlers[name];
    if (!handler) throw new Error(`${method.path} has no handler.`);
    implementation[name] = handleCall(method as MethodDefinition<unknown, unknown>, handler, handling);
  }
  server.addService(definition, implementation);
}

function methodPaths(bindings: readonly ServiceBinding[]): ReadonlySet<string> {
  return new Set(bindings.flatMap(({ definition }) => Object.values(definition).map(({ path }) => path)));
}

function bind(server: Server, address: string, credentials: ServerCredentials): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(address, credentials, (error, port) => {
      if (error) reject(new Error(`Cannot listen on ${address}: ${error.message}. Choose another address.`));
      else resolve(port);
    });
  });
}

async function stop(server: Server, tracker: CallTracker, graceMs: number): Promise<void> {
  tracker.drain();
  const closed = new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
  const { promise: graceOver, cancel } = after(graceMs);
  await Promise.race([closed, graceOver]);
  cancel();
  tracker.endAll();
  // A moment for the last statuses to leave before the connections go.
  const { promise: flushed, cancel: cancelFlush } = after(lastWordsMs);
  await Promise.race([closed, flushed]);
  cancelFlush();
  server.forceShutdown();
}

/** How long the statuses of calls that were cut off may take to leave. */
const lastWordsMs = 250;

function after(durationMs: number): { promise: Promise<void>; cancel: () => void } {
  let cancel = () => {};
  const promise = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, durationMs);
    cancel = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  return { promise, cancel };
}
