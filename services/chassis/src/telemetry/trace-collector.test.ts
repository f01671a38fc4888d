import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTraceCollector, type TraceCollector } from './trace-collector.js';

let collector: TraceCollector;
beforeAll(async () => {
  collector = await startTraceCollector({ maxBodyBytes: 10_000, maxEntries: 5 });
});
afterAll(() => collector.close());

const json = { 'content-type': 'application/json' };

function spansOf(traceId: string, spans: object[]): string {
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'test' } }] };
  return JSON.stringify({
    resourceSpans: [{ resource, scopeSpans: [{ spans: spans.map((span) => ({ traceId, ...span })) }] }],
  });
}

async function post(
  path: string,
  body: string | Uint8Array,
  headers: Record<string, string> = json,
): Promise<number> {
  return (await fetch(`${collector.url}${path}`, { method: 'POST', body, headers })).status;
}

describe('startTraceCollector', () => {
  it('takes spans, packed or not', async () => {
    const span = {
      spanId: '01',
      name: 'a',
      kind: 2,
      startTimeUnixNano: '1000000',
      endTimeUnixNano: '3500000',
    };
    expect(await post('/v1/traces', spansOf('aa', [span]))).toBe(200);
    const packed = gzipSync(spansOf('aa', [{ ...span, spanId: '02', parentSpanId: '01' }]));
    expect(await post('/v1/traces', packed, { ...json, 'content-encoding': 'gzip' })).toBe(200);
    expect(collector.tree('aa')).toMatchObject({
      span: { name: 'a', kind: 'server', service: 'test', durationMs: 2.5 },
      children: [{ span: { spanId: '02' }, children: [] }],
    });
  });

  it.each([
    ['another method', () => fetch(`${collector.url}/v1/traces`).then(({ status }) => status), 405],
    ['protobuf', () => post('/v1/traces', 'x', { 'content-type': 'application/x-protobuf' }), 415],
    ['what is no JSON', () => post('/v1/traces', '{'), 400],
    [
      'what is not packed as it says',
      () => post('/v1/traces', '{}', { ...json, 'content-encoding': 'gzip' }),
      400,
    ],
    ['an unknown path', () => post('/v1/profiles', '{}'), 404],
    ['a body beyond the limit', () => post('/v1/traces', `"${'x'.repeat(20_000)}"`), 413],
    [
      'a body that unpacks beyond the limit',
      () => post('/v1/traces', gzipSync(`"${'x'.repeat(200_000)}"`), { ...json, 'content-encoding': 'gzip' }),
      413,
    ],
    ['a shape that it does not know', () => post('/v1/traces', '{"resourceSpans":[{"scopeSpans":7}]}'), 200],
  ])('answers %s as HTTP has it', async (_what, send, status) => {
    expect(await send()).toBe(status);
  });

  it('forgets the oldest spans beyond its limit', async () => {
    const spans = Array.from({ length: 8 }, (_, n) => ({
      spanId: `b${n}`,
      name: 'b',
      startTimeUnixNano: String(n),
    }));
    await post('/v1/traces', spansOf('bb', spans));
    expect(collector.spans().map(({ spanId }) => spanId)).toEqual(['b3', 'b4', 'b5', 'b6', 'b7']);
  });

  it('says what it has when a trace does not come', async () => {
    await expect(collector.waitForTrace('cc', { minSpans: 1, timeoutMs: 10 })).rejects.toThrow(
      /has 0 of 1 spans/,
    );
    expect(() => collector.tree('cc')).toThrow('The trace has no spans');
  });
});
