import type { MethodDefinition } from '@grpc/grpc-js';

/** What health says of a service. */
export type HealthStatus = 'UNKNOWN' | 'SERVING' | 'NOT_SERVING' | 'SERVICE_UNKNOWN';

interface HealthRequest {
  /** Full name of the service; empty for the program as a whole. */
  readonly service: string;
}

interface HealthResponse {
  readonly status: HealthStatus;
}

const statuses: readonly HealthStatus[] = ['UNKNOWN', 'SERVING', 'NOT_SERVING', 'SERVICE_UNKNOWN'];

/** `grpc.health.v1.Health`, by hand: a string of field 1 goes out, an enum of field 1 comes back. */
export const HealthClient = {
  serviceName: 'grpc.health.v1.Health',
  service: { check: method('Check', false), watch: method('Watch', true) },
};

function method<Streams extends boolean>(
  name: string,
  responseStream: Streams,
): MethodDefinition<HealthRequest, HealthResponse> & {
  readonly requestStream: false;
  readonly responseStream: Streams;
} {
  return {
    path: `/grpc.health.v1.Health/${name}`,
    requestStream: false,
    responseStream,
    requestSerialize: ({ service }) => {
      const bytes = Buffer.from(service);
      return bytes.length === 0 ? bytes : Buffer.concat([Buffer.of(0x0a, bytes.length), bytes]);
    },
    requestDeserialize: (bytes) => ({ service: bytes.subarray(2).toString() }),
    responseSerialize: ({ status }) => Buffer.of(0x08, statuses.indexOf(status)),
    responseDeserialize: (bytes) => ({ status: statuses[bytes[1] ?? 0] ?? 'UNKNOWN' }),
  };
}
