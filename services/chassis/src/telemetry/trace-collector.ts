import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import {
  type CollectedLog,
  type CollectedMetric,
  type CollectedSpan,
  readLogs,
  readMetrics,
  readSpans,
} from './otlp-json.js';
import { type TraceNode, traceTree } from './trace-tree.js';

/** How much a collector takes. */
export interface TraceCollectorOptions {
  /** Port on the loopback interface; 0, the default, takes a free one. */
  readonly port?: number;
  /** Largest body of an export, unpacked, in bytes. Default 16 MiB. */
  readonly maxBodyBytes?: number;
  /** Most spans and most log lines that are kept; the oldest go first. Default 100,000. */
  readonly maxEntries?: number;
}

/** Receives OTLP/HTTP JSON on the loopback interface and keeps it in memory: for demos and for tests. */
export interface TraceCollector {
  /** What programs take as `--telemetry.otlpEndpoint`. */
  readonly url: string;
  spans(): readonly CollectedSpan[];
  logs(): readonly CollectedLog[];
  /** The metrics seen, once for each service and name. */
  metrics(): readonly CollectedMetric[];
  /**
   * Waits until a trace has as many spans as wanted and its tree has one root.
   * @throws Error with what was received where the time runs out
   */
  waitForTrace(
    traceId: string,
    wanted: { minSpans?: number; timeoutMs?: number },
  ): Promise<readonly CollectedSpan[]>;
  /** The spans of a trace as a tree. Throws where there are none. */
  tree(traceId: string): TraceNode;
  close(): Promise<void>;
}

/** Starts a collector. */
export async function startTraceCollector(options: TraceCollectorOptions = {}): Promise<TraceCollector> {
  const kept = new KeptTelemetry(options.maxEntries ?? 100_000);
  const maxBodyBytes = options.maxBodyBytes ?? 16 * 1024 * 1024;
  const server = createServer((request, response) => {
    void answer(request, response, kept, maxBodyBytes);
  });
  const port = await listen(server, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}`,
    spans: () => kept.spans,
    logs: () => kept.logs,
    metrics: () => [...kept.metrics.values()],
    waitForTrace: (traceId, wanted) =>
      waitForTrace(kept, traceId, wanted.minSpans ?? 1, wanted.timeoutMs ?? 30_000),
    tree: (traceId) => traceTree(kept.trace(traceId)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

class KeptTelemetry {
  readonly spans: CollectedSpan[] = [];
  readonly logs: CollectedLog[] = [];
  readonly metrics = new Map<string, CollectedMetric>();
  readonly #maxEntries: number;

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries;
  }

  take(path: string, body: unknown): boolean {
    if (path === '/v1/traces') this.#keep(this.spans, readSpans(body));
    else if (path === '/v1/logs') this.#keep(this.logs, readLogs(body));
    else if (path === '/v1/metrics') {
      for (const metric of readMetrics(body)) this.metrics.set(`${metric.service} ${metric.name}`, metric);
    } else return false;
    return true;
  }

  trace(traceId: string): CollectedSpan[] {
    return this.spans.filter((span) => span.traceId === traceId);
  }

  #keep<T>(entries: T[], arrived: readonly T[]): void {
    for (const entry of arrived) entries.push(entry);
    if (entries.length > this.#maxEntries) entries.splice(0, entries.length - this.#maxEntries);
  }
}

async function waitForTrace(
  kept: KeptTelemetry,
  traceId: string,
  minSpans: number,
  timeoutMs: number,
): Promise<CollectedSpan[]> {
  const startedAt = performance.now();
  for (;;) {
    const spans = kept.trace(traceId);
    if (spans.length >= minSpans && rootsOf(spans).length === 1) return spans;
    if (performance.now() - startedAt > timeoutMs) {
      const names = spans.map((span) => `${span.service} ${span.name}`).join(', ');
      throw new Error(
        `Trace ${traceId} has ${spans.length} of ${minSpans} spans after ${timeoutMs} ms: ${names}`,
      );
    }
    await sleep(20);
  }
}

function rootsOf(spans: readonly CollectedSpan[]): readonly CollectedSpan[] {
  const ids = new Set(spans.map((span) => span.spanId));
  return spans.filter((span) => span.parentSpanId === undefined || !ids.has(span.parentSpanId));
}

/** Boundary: whoever reaches the port may send anything. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  kept: KeptTelemetry,
  maxBodyBytes: number,
): Promise<void> {
  const end = (status: number, body = '{}') => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  };
  if (request.method !== 'POST') return end(405);
  if (!(request.headers['content-type'] ?? '').startsWith('application/json')) return end(415);
  try {
    const body = await readBody(request, maxBodyBytes);
    if (body === undefined) return end(413);
    return end(kept.take(request.url ?? '', JSON.parse(body)) ? 200 : 404);
  } catch {
    return end(400);
  }
}

/** The body as text, unpacked where it is packed; undefined where it is too large. */
async function readBody(request: IncomingMessage, maxBodyBytes: number): Promise<string | undefined> {
  const source = request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request;
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of source) {
    sizeBytes += (chunk as Buffer).length;
    if (sizeBytes > maxBodyBytes) return undefined;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' ? (address?.port ?? 0) : 0);
    });
  });
}
