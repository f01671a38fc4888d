import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { startTelemetry } from '../telemetry/start-telemetry.js';
import type { Telemetry } from '../telemetry/telemetry.js';
import { commitment, Fixture, logService, proofService } from './sample-services.fixture.js';
import { until } from './until.fixture.js';

const page = { pageSize: 0, pageToken: '' };

let fixture: Fixture;
let telemetry: Telemetry;
let spans: InMemorySpanExporter;
beforeEach(() => {
  fixture = new Fixture();
  spans = new InMemorySpanExporter();
  telemetry = startTelemetry({
    serviceName: 'sample',
    otlpEndpoint: '',
    spanProcessors: [new SimpleSpanProcessor(spans)],
  });
});
afterEach(async () => {
  await fixture.close();
  await telemetry.shutdown();
});

describe('telemetry under a server', () => {
  it('joins caller, service and the service behind it in one trace', async () => {
    const interceptors = [telemetry.serverInterceptor()];
    const inner = await fixture.start([logService({})], { interceptors });
    const innerClient = fixture.logClient(inner, { interceptors: [telemetry.clientInterceptor()] });
    const outer = await fixture.start(
      [
        logService({
          async listLogEntries(request, call) {
            await sleep(5); // the trace follows the handler over an await
            return innerClient.listLogEntries(request, { parent: call });
          },
        }),
      ],
      { interceptors },
    );
    await fixture.logClient(outer, { interceptors: [telemetry.clientInterceptor()] }).listLogEntries(page);
    const finished = spans.getFinishedSpans();
    expect(finished).toHaveLength(4);
    expect(new Set(finished.map((span) => span.spanContext().traceId)).size).toBe(1);
  });

  it('knows the codes that the transport gives by itself', async () => {
    const server = await fixture.start(
      [proofService({}), logService({ listLogEntries: () => new Promise(() => {}) })],
      { interceptors: [telemetry.serverInterceptor()], settings: { maxMessageBytes: 2048 } },
    );
    const stream = fixture.proofClient(server).commitSegments();
    await stream.write(commitment({ stateHash: Buffer.alloc(4000) }));
    await stream[Symbol.asyncIterator]()
      .next()
      .catch(() => {});
    await fixture
      .logClient(server)
      .listLogEntries(page, { deadlineMs: 1000 })
      .catch(() => {});
    await until('two spans', () => spans.getFinishedSpans().length >= 2);
    const codes = spans.getFinishedSpans().map(({ attributes }) => attributes['rpc.status_code']);
    // On a busy machine the caller's own deadline may reach the server well before the server's.
    expect(codes).toEqual(['RESOURCE_EXHAUSTED', expect.stringMatching(/^(DEADLINE_EXCEEDED|CANCELLED)$/)]);
  });
});
