import type { Counter, Histogram, Meter } from '@opentelemetry/api';
import type { TelemetryAttributes } from './attribute-schema.js';
import { type MetricName, type MetricOfKind, metricSchema } from './metric-schema.js';
import { durationBounds } from './rpc-conventions.js';
import { requireAttributeNames, requireMetricName } from './schema-guard.js';

/** The instruments of a program, made on first use with unit and description of the schema. */
export class Instruments {
  readonly #meter: Meter;
  readonly #made = new Map<MetricName, Counter | Histogram>();

  constructor(meter: Meter) {
    this.#meter = meter;
  }

  counter(name: MetricOfKind<'counter'>): Counter {
    return this.#once(name, () => this.#meter.createCounter(name, this.#options(name))) as Counter;
  }

  /** Histograms of seconds have the bounds of the semantic conventions; others the SDK's. */
  histogram(name: MetricOfKind<'histogram'>): Histogram {
    return this.#once(name, () => {
      const options = this.#options(name);
      const advice = options.unit === 's' ? { explicitBucketBoundaries: durationBounds } : {};
      return this.#meter.createHistogram(name, { ...options, advice });
    }) as Histogram;
  }

  observe(
    name: MetricOfKind<'gauge'>,
    read: () => number | undefined,
    attributes: TelemetryAttributes | undefined,
  ): () => void {
    requireMetricName(name);
    requireAttributeNames(attributes);
    const gauge = this.#meter.createObservableGauge(name, this.#options(name));
    const callback: Parameters<typeof gauge.addCallback>[0] = (result) => {
      const value = read();
      if (value !== undefined) result.observe(value, attributes);
    };
    gauge.addCallback(callback);
    return () => gauge.removeCallback(callback);
  }

  #once(name: MetricName, make: () => Counter | Histogram): Counter | Histogram {
    const made = this.#made.get(name);
    if (made) return made;
    requireMetricName(name);
    const instrument = make();
    this.#made.set(name, instrument);
    return instrument;
  }

  #options(name: MetricName): { unit: string; description: string } {
    const entry = metricSchema[name] as { unit: string; description: string } | undefined;
    return { unit: entry?.unit ?? '1', description: entry?.description ?? '' };
  }
}
