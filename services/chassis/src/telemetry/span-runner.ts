import { context, INVALID_TRACEID, type Span, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import { requireAttributeNames, requireSpanName } from './schema-guard.js';
import type { OpenSpan, Telemetry } from './telemetry.js';

/** Takes what is set where nothing is recorded. */
const nothing: OpenSpan = { setAttribute() {}, setAttributes() {}, traceId: INVALID_TRACEID };

/** Makes {@link Telemetry.span}. Without a tracer the work runs as it is. */
export function spanRunner(tracer: Tracer | undefined): Telemetry['span'] {
  return (name, attributes, work) => {
    requireSpanName(name);
    requireAttributeNames(attributes);
    if (!tracer) return work(nothing);
    const parent = context.active();
    const enclosing = trace.getSpan(parent);
    if (enclosing && !enclosing.isRecording()) return work(nothing);
    const span = tracer.startSpan(name, { attributes }, parent);
    const open = openSpan(span);
    return context.with(trace.setSpan(parent, span), () => runIn(span, () => work(open)));
  };
}

/** Ends the span when the work ends, whether it returns a value or a promise of one. */
function runIn<T>(span: Span, work: () => T): T {
  let result: T;
  try {
    result = work();
  } catch (error) {
    fail(span, error);
    throw error;
  }
  if (!(result instanceof Object) || !('then' in result) || typeof result.then !== 'function') {
    span.end();
    return result;
  }
  return (result as unknown as Promise<unknown>).then(
    (value) => {
      span.end();
      return value;
    },
    (error) => {
      fail(span, error);
      throw error;
    },
  ) as T;
}

function fail(span: Span, error: unknown): void {
  const { reason, name } = (error ?? {}) as { reason?: unknown; name?: unknown };
  span.setAttribute('error.type', String(reason ?? name ?? 'unknown'));
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

function openSpan(span: Span): OpenSpan {
  return {
    setAttribute(name, value) {
      span.setAttribute(name, value);
    },
    setAttributes(attributes) {
      span.setAttributes(attributes);
    },
    traceId: span.spanContext().traceId,
  };
}
