import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { parse } from 'yaml';
import { attributeSchema } from './attribute-schema.js';
import { metricSchema } from './metric-schema.js';
import { guardMeter } from './schema-guard.js';
import { spanSchema } from './span-schema.js';
import { startTelemetry } from './start-telemetry.js';

const published = parse(
  readFileSync(new URL('../../../../deploy/observability/telemetry.yaml', import.meta.url), 'utf8'),
);

describe('the telemetry schema', () => {
  it('is published as the code has it', () => {
    const spans = Object.entries(spanSchema).map(([name, entry]) => [name, { kind: 'internal', ...entry }]);
    expect(published.spans).toEqual(Object.fromEntries(spans));
    expect(published.metrics).toEqual(metricSchema);
    expect(published.attributes).toEqual(attributeSchema);
  });

  it.each(Object.entries(metricSchema))('gives %s a unit and a description', (_name, entry) => {
    expect(entry.unit).toMatch(/^(s|By|1|\{[a-z]+\})$/);
    expect(entry.description).toMatch(/\.$/);
  });

  it('makes unknown names throw under test', () => {
    const exporter = new InMemorySpanExporter();
    const telemetry = startTelemetry({
      serviceName: 'schema',
      otlpEndpoint: '',
      spanProcessors: [new SimpleSpanProcessor(exporter)],
    });
    const anyTelemetry = telemetry as unknown as {
      span(name: string, attributes: object, work: () => void): void;
      count(name: string, value: number): void;
    };
    expect(() => anyTelemetry.span('unheard.of', {}, () => undefined)).toThrow(
      /span unheard.of is not in the/,
    );
    expect(() => anyTelemetry.span('search', { colour: 'red' }, () => undefined)).toThrow(/attribute colour/);
    expect(() => anyTelemetry.count('isthmus.unheard', 1)).toThrow(/metric isthmus.unheard/);
    expect(() => telemetry.tracer.startSpan('unheard.of')).toThrow(/span unheard.of/);
    const span = telemetry.tracer.startSpan('search', { attributes: { colour: 'red' } });
    expect(() => span.end()).toThrow(/attribute colour/);
    expect(() => guardMeter(telemetry.meter).createCounter('isthmus.unheard')).toThrow(
      /metric isthmus.unheard/,
    );
  });
});
