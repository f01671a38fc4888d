import { status as codes } from '@grpc/grpc-js';
import { service } from 'grpc-health-check';
import { IsthmusError } from '../errors/isthmus-error.js';
import { bindService, type MethodTable, type ServiceBinding } from '../server/bind-service.js';
import type { CallContext } from '../server/call-context.js';

/** What health says of a service. */
export type ServingStatus = 'SERVING' | 'NOT_SERVING';

interface HealthRequest {
  readonly service: string;
}

interface HealthResponse {
  readonly status: ServingStatus | 'SERVICE_UNKNOWN';
}

/**
 * The state of a program's services for `grpc.health.v1.Health`, by full service name; the empty name stands for the
 * program as a whole. Everything starts as NOT_SERVING.
 */
export class Health {
  readonly #statuses = new Map<string, ServingStatus>([['', 'NOT_SERVING']]);
  readonly #watchers = new Set<() => void>();
  #isClosed = false;

  /** Makes services known, NOT_SERVING. */
  register(serviceNames: Iterable<string>): void {
    for (const name of serviceNames) if (!this.#statuses.has(name)) this.set(name, 'NOT_SERVING');
  }

  /** Names of all services that are known, the empty one included. */
  get serviceNames(): string[] {
    return [...this.#statuses.keys()];
  }

  /** The state of a service; undefined for one that is not known. */
  get(serviceName: string): ServingStatus | undefined {
    return this.#statuses.get(serviceName);
  }

  /** Changes the state of a service and tells those who watch it. Does nothing once the program drains. */
  set(serviceName: string, status: ServingStatus): void {
    if (this.#isClosed || this.#statuses.get(serviceName) === status) return;
    this.#statuses.set(serviceName, status);
    for (const wake of [...this.#watchers]) wake();
  }

  /** Sets every service to SERVING. */
  serveAll(): void {
    for (const name of this.serviceNames) this.set(name, 'SERVING');
  }

  /** Sets every service to NOT_SERVING, for good: the program stops. */
  close(): void {
    for (const name of this.serviceNames) this.set(name, 'NOT_SERVING');
    this.#isClosed = true;
  }

  /** The service `grpc.health.v1.Health`. */
  binding(): ServiceBinding {
    return bindService(
      service as unknown as MethodTable,
      {
        Check: (request: HealthRequest) => this.#check(request),
        Watch: (request: HealthRequest, call: CallContext) => this.#watch(request, call),
        List: async () => ({
          statuses: Object.fromEntries([...this.#statuses].map(([name, status]) => [name, { status }])),
        }),
      } as never,
    );
  }

  async #check(request: HealthRequest): Promise<HealthResponse> {
    const status = this.#statuses.get(request.service);
    if (status) return { status };
    throw healthUnknown(request.service);
  }

  /** The state at once and after every change, for as long as somebody watches. */
  async *#watch(request: HealthRequest, call: CallContext): AsyncGenerator<HealthResponse> {
    let last: HealthResponse['status'] | undefined;
    while (!call.signal.aborted) {
      const status = this.#statuses.get(request.service) ?? 'SERVICE_UNKNOWN';
      if (status !== last) {
        last = status;
        yield { status };
      } else await this.#changed(call.signal);
    }
  }

  #changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#watchers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#watchers.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }
}

/** The protocol of health asks for NOT_FOUND here (grpc/health/v1/health.proto), whatever code the reason has elsewhere. */
function healthUnknown(serviceName: string): IsthmusError {
  return new IsthmusError(codes.NOT_FOUND, 'FIELD_INVALID', `No service is named ${serviceName} here.`, {
    metadata: { field: 'service', rule: 'known' },
  });
}
