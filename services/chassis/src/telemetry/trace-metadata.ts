import type { Metadata } from '@grpc/grpc-js';
import { type Context, ROOT_CONTEXT, type TextMapGetter, type TextMapSetter } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';

const propagator = new W3CTraceContextPropagator();

const getter: TextMapGetter<Metadata> = {
  keys: (metadata) => Object.keys(metadata.getMap()),
  get: (metadata, key) => metadata.get(key).map(String),
};

const setter: TextMapSetter<Metadata> = {
  set: (metadata, key, value) => metadata.set(key, value),
};

/** The trace that a caller is in, by W3C Trace Context (`traceparent`, `tracestate`); the root context without one. */
export function extractTrace(metadata: Metadata): Context {
  // The usual case of no trace costs one lookup.
  return metadata.get('traceparent').length === 0
    ? ROOT_CONTEXT
    : propagator.extract(ROOT_CONTEXT, metadata, getter);
}

/** Writes the trace of a context into the metadata of a call. */
export function injectTrace(context: Context, metadata: Metadata): void {
  propagator.inject(context, metadata, setter);
}
