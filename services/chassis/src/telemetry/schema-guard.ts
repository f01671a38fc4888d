import type { Attributes, Meter } from '@opentelemetry/api';
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { attributeSchema } from './attribute-schema.js';
import { metricSchema } from './metric-schema.js';
import { spanSchema } from './span-schema.js';

/** Whether an unknown name is an error. In production it is written as it is: a name is no reason to fail a request. */
export const isGuarded = (): boolean => process.env.NODE_ENV === 'test';

/** `package.Service/Method`: what spans of calls are named. */
const methodName = /^[A-Za-z_][\w.]*\/[A-Za-z_]\w*$/;

/** Throws under test where the schema does not know the span. */
export function requireSpanName(name: string): void {
  if (isGuarded() && !(name in spanSchema) && !methodName.test(name)) throw unknown('span', name);
}

/** Throws under test where the schema does not know the metric. */
export function requireMetricName(name: string): void {
  if (isGuarded() && !(name in metricSchema)) throw unknown('metric', name);
}

/** Throws under test where the schema does not know one of the attributes. */
export function requireAttributeNames(attributes: object | undefined): void {
  if (!isGuarded()) return;
  for (const name of Object.keys(attributes ?? {})) {
    if (!(name in attributeSchema)) throw unknown('attribute', name);
  }
}

/** Catches unknown names on spans that were started past our own API. */
export class SchemaGuard implements SpanProcessor {
  onStart(span: Span): void {
    requireSpanName(span.name);
  }

  onEnd(span: ReadableSpan): void {
    requireAttributeNames(span.attributes as Attributes);
  }

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}
}

/** A meter that knows the schema: unknown instruments throw under test. */
export function guardMeter(meter: Meter): Meter {
  return new Proxy(meter, {
    get(target, property) {
      const value = Reflect.get(target, property);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        if (String(property).startsWith('create')) requireMetricName(String(args[0]));
        return value.apply(target, args);
      };
    },
  });
}

function unknown(what: string, name: string): Error {
  return new Error(
    `The ${what} ${name} is not in the telemetry schema: add it to deploy/observability/telemetry.yaml and to services/chassis/src/telemetry`,
  );
}
