import type { ChannelOptions, ClientOptions } from '@grpc/grpc-js';

/** Time between keepalive pings of an active channel: longer than any grace of a server, as services/chassis/src/server/limits.ts says. */
const KEEPALIVE_TIME_MS = 60_000;
const KEEPALIVE_TIMEOUT_MS = 10_000;

/** Attempts of one call in all. */
export const MAX_ATTEMPTS = 4;

/**
 * Pauses before a lost connection is tried again: grpc-js would go up to two minutes, for which a replica that was restarted
 * would get no call.
 */
const INITIAL_RECONNECT_MS = 100;
const MAX_RECONNECT_MS = 5_000;

/** Least time between two resolutions of a name: grpc-js would keep a new replica waiting for half a minute. */
const RESOLUTION_PAUSE_MS = 5_000;

/** Largest message a client accepts: a batch of 256 answers of 1,000 hits stays below it. */
const MAX_RECEIVE_BYTES = 32 * 1024 * 1024;

/** What a channel asks of a method. */
interface ChannelMethod {
  /** `/package.Service/Method`. */
  readonly path: string;
  readonly requestStream: boolean;
  readonly responseStream: boolean;
}

/**
 * Options of the channel of a service: retries of what is safe to repeat, balancing over all addresses, keepalive.
 * Every unary method is a read or carries a request id, so repeating one is harmless. Streams are not repeated: what was sent or
 * read of one cannot be taken back.
 */
export function channelOptions(methods: Iterable<ChannelMethod>): ChannelOptions & Partial<ClientOptions> {
  const name = [...methods]
    .filter(({ requestStream, responseStream }) => !requestStream && !responseStream)
    .map(({ path }) => {
      const [, service, method] = path.split('/');
      return { service, method };
    });
  const serviceConfig = {
    loadBalancingConfig: [{ round_robin: {} }],
    methodConfig: [
      {
        name,
        retryPolicy: {
          maxAttempts: MAX_ATTEMPTS,
          initialBackoff: '0.05s',
          maxBackoff: '1s',
          backoffMultiplier: 2,
          retryableStatusCodes: ['UNAVAILABLE'],
        },
      },
    ],
  };
  return {
    'grpc.service_config': JSON.stringify(serviceConfig),
    // What is repeated is the contract's to say, and not a TXT record's.
    'grpc.service_config_disable_resolution': 1,
    'grpc.initial_reconnect_backoff_ms': INITIAL_RECONNECT_MS,
    'grpc.max_reconnect_backoff_ms': MAX_RECONNECT_MS,
    'grpc.dns_min_time_between_resolutions_ms': RESOLUTION_PAUSE_MS,
    'grpc.keepalive_time_ms': KEEPALIVE_TIME_MS,
    'grpc.keepalive_timeout_ms': KEEPALIVE_TIMEOUT_MS,
    'grpc.max_receive_message_length': MAX_RECEIVE_BYTES,
  };
}
