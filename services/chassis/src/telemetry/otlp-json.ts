/** Spans, log lines and metric names as they are read from OTLP/HTTP JSON (opentelemetry-proto, JSON encoding). */

/** A span as it was received. */
export interface CollectedSpan {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  /** Span that encloses this one; absent for a root. */
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  /** `service.name` of the program that wrote it. */
  readonly service: string;
  /** Start, Unix time in nanoseconds. */
  readonly startNs: bigint;
  /** Duration in milliseconds. */
  readonly durationMs: number;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  readonly isError: boolean;
}

/** A log line as it was received. */
export interface CollectedLog {
  readonly service: string;
  readonly severity: string;
  readonly body: string;
  /** Trace that it was written in; empty outside of one. */
  readonly traceId: string;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
}

/** A metric as it was received. */
export interface CollectedMetric {
  readonly service: string;
  readonly name: string;
  readonly unit: string;
}

const kinds = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'] as const;

/** Reads the body of `/v1/traces`. Boundary: throws where the body is no such thing. */
export function readSpans(body: unknown): CollectedSpan[] {
  return scopes(body, 'resourceSpans', 'scopeSpans', 'spans').map(({ service, entry }) => {
    const startNs = BigInt(String(entry.startTimeUnixNano ?? 0));
    const parent = text(entry.parentSpanId);
    return {
      traceId: text(entry.traceId),
      spanId: text(entry.spanId),
      ...(parent === '' ? {} : { parentSpanId: parent }),
      name: text(entry.name),
      kind: kinds[Number(entry.kind ?? 0)] ?? 'internal',
      service,
      startNs,
      durationMs: Number(BigInt(String(entry.endTimeUnixNano ?? startNs)) - startNs) / 1e6,
      attributes: readAttributes(entry.attributes),
      isError: object(entry.status).code === 2,
    };
  });
}

/** Reads the body of `/v1/logs`. */
export function readLogs(body: unknown): CollectedLog[] {
  return scopes(body, 'resourceLogs', 'scopeLogs', 'logRecords').map(({ service, entry }) => ({
    service,
    severity: text(entry.severityText),
    body: String(readValue(object(entry.body))),
    traceId: text(entry.traceId),
    attributes: readAttributes(entry.attributes),
  }));
}

/** Reads the body of `/v1/metrics`. */
export function readMetrics(body: unknown): CollectedMetric[] {
  return scopes(body, 'resourceMetrics', 'scopeMetrics', 'metrics').map(({ service, entry }) => ({
    service,
    name: text(entry.name),
    unit: text(entry.unit),
  }));
}

interface ScopedEntry {
  readonly service: string;
  readonly entry: Record<string, unknown>;
}

/** The entries of all resources and scopes, with the service that each comes from. */
function scopes(body: unknown, resources: string, scoped: string, entries: string): ScopedEntry[] {
  return list(object(body)[resources]).flatMap((resource) => {
    const service = String(readAttributes(object(resource.resource).attributes)['service.name'] ?? '');
    return list(resource[scoped]).flatMap((scope) =>
      list(scope[entries]).map((entry) => ({ service, entry })),
    );
  });
}

function readAttributes(value: unknown): Record<string, string | number | boolean> {
  return Object.fromEntries(list(value).map((pair) => [text(pair.key), readValue(object(pair.value))]));
}

function readValue(value: Record<string, unknown>): string | number | boolean {
  if (value.intValue !== undefined) return Number(value.intValue);
  if (typeof value.doubleValue === 'number') return value.doubleValue;
  if (typeof value.boolValue === 'boolean') return value.boolValue;
  return typeof value.stringValue === 'string' ? value.stringValue : JSON.stringify(value);
}

function list(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map(object) : [];
}

function object(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
