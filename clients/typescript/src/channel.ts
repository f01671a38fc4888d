import type { ChannelOptions, ClientOptions } from '@grpc/grpc-js';

/** Time between keepalive pings of an active channel: longer than any grace of a server, as services/chassis/src/server/limits.ts says. */
const KEEPALIVE_TIME_MS = 60_000;
const KEEPALIVE_TIMEOUT_MS = 10_000;

/** Attempts of one call in all. */
const MAX_ATTEMPTS = 4;

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
    'grpc.keepalive_time_ms': KEEPALIVE_TIME_MS,
    'grpc.keepalive_timeout_ms': KEEPALIVE_TIMEOUT_MS,
    'grpc.max_receive_message_length': MAX_RECEIVE_BYTES,
  };
}
