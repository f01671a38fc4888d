import type { Interceptor, ServerInterceptor } from '@grpc/grpc-js';
import type { Meter, Tracer } from '@opentelemetry/api';
import type { LoggerProvider } from '@opentelemetry/api-logs';
import type { AttributeName, TelemetryAttributes } from './attribute-schema.js';
import type { LogStream } from './log-stream.js';
import type { MetricOfKind } from './metric-schema.js';
import type { SpanName } from './span-schema.js';

/** The span that is open. Where the trace is not sampled, it takes everything and keeps nothing. */
export interface OpenSpan {
  setAttribute(name: AttributeName, value: string | number | boolean): void;
  setAttributes(attributes: TelemetryAttributes): void;
  /** 32 hexadecimal digits; zeros where nothing is traced. */
  readonly traceId: string;
}

/** Traces, metrics and logs of one program. Everything is written under names that the schema knows. */
export interface Telemetry {
  /**
   * Runs `work` inside a span. It ends with `work`, and is an error where that throws; only the kind of the error is
   * written, never its words. In an unsampled trace `work` runs as it is.
   */
  span<T>(name: SpanName, attributes: TelemetryAttributes, work: (span: OpenSpan) => T): T;
  /** Adds to a counter. */
  count(name: MetricOfKind<'counter'>, value: number, attributes?: TelemetryAttributes): void;
  /** Adds a value to a histogram, in the unit of the schema. */
  record(name: MetricOfKind<'histogram'>, value: number, attributes?: TelemetryAttributes): void;
  /** Reads a gauge whenever metrics are sent; undefined says nothing. Returns a function that ends it. */
  observe(
    name: MetricOfKind<'gauge'>,
    read: () => number | undefined,
    attributes?: TelemetryAttributes,
  ): () => void;
  /** Spans and durations of calls received, the trace of the caller active in the handler. First of the interceptors. */
  serverInterceptor(): ServerInterceptor;
  /** Spans and durations of calls sent, the trace passed on. `target` is `host:port`. Last of the interceptors. */
  clientInterceptor(target?: string): Interceptor;
  /** A destination for pino that sends log lines as OTLP; undefined where nothing is sent. */
  logStream(): LogStream | undefined;
  /** Trace and span that are active, for log lines; empty where there are none. */
  traceFields(): { trace_id?: string; span_id?: string };
  readonly tracer: Tracer;
  readonly meter: Meter;
  readonly loggerProvider: LoggerProvider;
  /** Sends what is waiting. */
  flush(): Promise<void>;
  /** Sends what is waiting and ends; gives up after a few seconds where nobody takes it. */
  shutdown(): Promise<void>;
}
