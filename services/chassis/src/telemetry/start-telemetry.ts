import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { InterceptingCall, ServerInterceptingCall } from '@grpc/grpc-js';
import { createNoopMeter, trace } from '@opentelemetry/api';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import {
  AlwaysOffSampler,
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import { activateContext } from './active-context.js';
import { clientInterceptor } from './client-interceptor.js';
import { Instruments } from './instruments.js';
import { logStream } from './log-stream.js';
import { guardMeter, isGuarded, SchemaGuard } from './schema-guard.js';
import { serverInterceptor } from './server-interceptor.js';
import { spanRunner } from './span-runner.js';
import type { Telemetry } from './telemetry.js';

/** What to send, and where. */
export interface TelemetryOptions {
  /** `service.name`, for example `retrieval`. */
  readonly serviceName: string;
  /** `service.version`. */
  readonly serviceVersion?: string;
  /** Base of an OTLP/HTTP receiver, for example `http://127.0.0.1:4318`; empty to send nothing. */
  readonly otlpEndpoint: string;
  /** Share of the traces that start here which are recorded, 0 to 1. A caller's decision is followed. Default 1. */
  readonly sampling?: number;
  /** Milliseconds between two exports of metrics. Default 10,000. */
  readonly metricIntervalMs?: number;
  /** Further processors of spans, for tests. Given any, spans are made without an endpoint too. */
  readonly spanProcessors?: readonly SpanProcessor[];
}

/** Longest wait for a receiver, per export and at the end. */
const exportTimeoutMs = 3_000;
const spanDelayMs = 500;
const scope = 'isthmus';

/** Starts telemetry. Without an endpoint nothing is made, and every method costs next to nothing. */
export function startTelemetry(options: TelemetryOptions): Telemetry {
  const version = options.serviceVersion ?? '0.1.0';
  const resource = resourceFromAttributes({
    'service.namespace': 'isthmus',
    'service.name': options.serviceName,
    'service.version': version,
    'service.instance.id': randomUUID(),
  });
  const isSending = options.otlpEndpoint !== '';
  const isTracing = isSending || (options.spanProcessors ?? []).length > 0;
  if (isTracing) activateContext();
  const tracers = tracerProvider(options, resource, isTracing);
  const meters = isSending ? meterProvider(options, resource) : undefined;
  const loggers = loggerProvider(options, resource, isSending);
  const tracer = tracers.getTracer(scope, version);
  const meter = meters ? guardMeter(meters.getMeter(scope, version)) : createNoopMeter();
  const instruments = new Instruments(meter);
  const logger = loggers.getLogger(scope, version);
  const providers = meters ? [tracers, loggers, meters] : [tracers, loggers];
  return {
    span: isTracing ? spanRunner(tracer) : spanRunner(undefined),
    count: (name, value, attributes) => instruments.counter(name).add(value, attributes),
    record: (name, value, attributes) => instruments.histogram(name).record(value, attributes),
    observe: (name, read, attributes) => instruments.observe(name, read, attributes),
    serverInterceptor: () =>
      isTracing
        ? serverInterceptor(tracer, instruments.histogram('rpc.server.call.duration'))
        : (_method, call) => new ServerInterceptingCall(call),
    clientInterceptor: (target) =>
      isTracing
        ? clientInterceptor(tracer, instruments.histogram('rpc.client.call.duration'), target)
        : (callOptions, nextCall) => new InterceptingCall(nextCall(callOptions)),
    logStream: () => (isSending ? logStream(logger) : undefined),
    traceFields() {
      const active = trace.getActiveSpan()?.spanContext();
      return active ? { trace_id: active.traceId, span_id: active.spanId } : {};
    },
    tracer,
    meter,
    loggerProvider: loggers,
    flush: () => bounded(providers.map((provider) => provider.forceFlush())),
    shutdown: () => bounded(providers.map((provider) => provider.shutdown())),
  };
}

function tracerProvider(
  options: TelemetryOptions,
  resource: Resource,
  isTracing: boolean,
): BasicTracerProvider {
  const exporter = () => new OTLPTraceExporter(exporterOptions(options, 'traces'));
  const spanProcessors = [
    ...(isGuarded() ? [new SchemaGuard()] : []),
    ...(options.otlpEndpoint === ''
      ? []
      : [new BatchSpanProcessor(exporter(), { scheduledDelayMillis: spanDelayMs })]),
    ...(options.spanProcessors ?? []),
  ];
  const root = isTracing ? new TraceIdRatioBasedSampler(options.sampling ?? 1) : new AlwaysOffSampler();
  return new BasicTracerProvider({ resource, spanProcessors, sampler: new ParentBasedSampler({ root }) });
}

function meterProvider(options: TelemetryOptions, resource: Resource): MeterProvider {
  const reader = new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter(exporterOptions(options, 'metrics')),
    exportIntervalMillis: options.metricIntervalMs ?? 10_000,
    exportTimeoutMillis: Math.min(exportTimeoutMs, options.metricIntervalMs ?? 10_000),
  });
  return new MeterProvider({ resource, readers: [reader] });
}

function loggerProvider(options: TelemetryOptions, resource: Resource, isSending: boolean): LoggerProvider {
  const exporter = () => new OTLPLogExporter(exporterOptions(options, 'logs'));
  const processors = isSending
    ? [new BatchLogRecordProcessor({ exporter: exporter(), scheduledDelayMillis: spanDelayMs })]
    : [];
  return new LoggerProvider({ resource, processors });
}

function exporterOptions(options: TelemetryOptions, signal: string): { url: string; timeoutMillis: number } {
  const base = options.otlpEndpoint.replace(/\/+$/, '');
  return { url: `${base}/v1/${signal}`, timeoutMillis: exportTimeoutMs };
}

async function bounded(work: Promise<unknown>[]): Promise<void> {
  const patience = new AbortController();
  const limit = sleep(exportTimeoutMs, undefined, { signal: patience.signal, ref: false }).catch(
    () => undefined,
  );
  await Promise.race([Promise.allSettled(work), limit]);
  patience.abort();
}
