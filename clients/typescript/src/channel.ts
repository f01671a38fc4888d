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

/** Services of the contracts. Every unary method is a read or carries a request id, so repeating one is harmless. */
const SERVICES = [
  'isthmus.representation.v1.RepresentationService',
  'isthmus.retrieval.v1.RetrievalService',
  'isthmus.retrieval.v1.CatalogueService',
  'isthmus.attestation.v1.ProofService',
  'isthmus.attestation.v1.AttestationService',
  'isthmus.attestation.v1.TransparencyLogService',
  'isthmus.model.v1.ModelService',
];

/** Options of every channel: retries of what is safe to repeat, balancing over all addresses, keepalive. */
export function channelOptions(): ChannelOptions & Partial<ClientOptions> {
  const serviceConfig = {
    loadBalancingConfig: [{ round_robin: {} }],
    methodConfig: [
      {
        name: SERVICES.map((service) => ({ service })),
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
