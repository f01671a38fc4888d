import { startTelemetry, type Telemetry, type TraceNode } from '@isthmus/chassis';
import { IsthmusClient } from '@isthmus/client';
import type { RetrieveResponse } from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import type { PreparedEvent } from '@isthmus/trainer';
import { propagation, type SpanContext, trace } from '@opentelemetry/api';
import { protectionOf } from '../mesh/protection.js';
import type { DemoContext } from './demo-context.js';

/** An answer and the trace of the call that gave it. */
export interface RankedAnswer {
  readonly response: RetrieveResponse;
  readonly trace: TraceNode;
}

/** Candidates asked for. */
const CANDIDATES = 50;
/** The first call also opens connections and fills caches. */
const DEADLINE_MS = 15_000;
/** The least spans of a whole call: ranker, client and server of retrieval, client and server of representation. */
const LEAST_SPANS = 5;

/** A ranking system in miniature: it asks the mesh for candidates, inside a span of its own. */
export class Ranker {
  readonly #client: IsthmusClient;
  readonly #telemetry: Telemetry;
  readonly #context: DemoContext;

  /** @param retrieval address of the retrieval service */
  constructor(context: DemoContext, retrieval: string) {
    this.#context = context;
    this.#telemetry = startTelemetry({ serviceName: 'ranker', otlpEndpoint: context.collector.url });
    letClientsTrace(this.#telemetry);
    this.#client = new IsthmusClient({
      retrieval,
      deadlineMs: DEADLINE_MS,
      ...protectionOf(context.mesh.security('ranker')),
    });
  }

  /** Asks for candidates for a user who is nothing but this history, with causes, and waits for the whole trace. */
  async ask(modelName: string, history: readonly PreparedEvent[]): Promise<RankedAnswer> {
    const { collector, signal } = this.#context;
    const { response, traceId } = await this.#telemetry.span('rank', {}, async (span) => ({
      traceId: span.traceId,
      response: await this.#client.retrieval.retrieve(
        {
          model: { name: modelName },
          user: {
            events: history.map(({ domain, itemId, timestampMs }) => ({
              domain,
              itemId,
              timestampMs: BigInt(timestampMs),
            })),
          },
          k: CANDIDATES,
          explain: true,
        },
        { signal },
      ),
    }));
    await this.#telemetry.flush();
    await collector.waitForTrace(traceId, { minSpans: LEAST_SPANS, timeoutMs: DEADLINE_MS });
    return { response, trace: collector.tree(traceId) };
  }

  /** Closes connections and sends what is left of the traces. */
  async close(): Promise<void> {
    this.#client.close();
    await this.#telemetry.shutdown();
  }
}

/**
 * The client writes its spans with whatever OpenTelemetry the host program has registered, as libraries should. Here that
 * is our own telemetry, and the trace travels in the header of the W3C.
 */
function letClientsTrace(telemetry: Telemetry): void {
  trace.setGlobalTracerProvider({ getTracer: () => telemetry.tracer });
  propagation.setGlobalPropagator({
    fields: () => ['traceparent'],
    inject(active, carrier, setter) {
      const span = trace.getSpanContext(active);
      if (span !== undefined) setter.set(carrier, 'traceparent', traceparent(span));
    },
    extract: (active) => active,
  });
}

/** https://www.w3.org/TR/trace-context/#traceparent-header */
function traceparent({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}
