import * as grpc from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { until } from '../server/until.fixture.js';
import { renderTraceTree } from './render-trace-tree.js';
import { startTelemetry } from './start-telemetry.js';
import type { Telemetry } from './telemetry.js';
import { startTraceCollector, type TraceCollector } from './trace-collector.js';
import { serviceEdges } from './trace-tree.js';

const echo: grpc.ServiceDefinition = {
  Echo: method('/isthmus.test.v1.EchoService/Echo', false),
  Count: method('/isthmus.test.v1.EchoService/Count', true),
};

function method(path: string, responseStream: boolean): grpc.MethodDefinition<string, string> {
  return {
    path,
    requestStream: false,
    responseStream,
    requestSerialize: Buffer.from,
    requestDeserialize: String,
    responseSerialize: Buffer.from,
    responseDeserialize: String,
  };
}

type Handler = (text: string) => Promise<string>;

/** A server whose handler is given, and a caller for it, both with telemetry. */
async function startEcho(server: Telemetry, client: Telemetry, handle: Handler) {
  const running = new grpc.Server({ interceptors: [server.serverInterceptor()] });
  running.addService(echo, {
    Echo(call: grpc.ServerUnaryCall<string, string>, callback: grpc.sendUnaryData<string>) {
      handle(call.request).then(
        (answer) => callback(null, answer),
        (error) => callback({ code: error.code ?? grpc.status.INTERNAL }),
      );
    },
    async Count(call: grpc.ServerWritableStream<string, string>) {
      for (let n = 0; n < 3; n++) call.write(await handle(String(n)));
      call.end();
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    running.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  const target = `127.0.0.1:${port}`;
  const EchoClient = grpc.makeGenericClientConstructor(echo, 'EchoService');
  const caller = new EchoClient(target, grpc.credentials.createInsecure(), {
    interceptors: [client.clientInterceptor(target)],
  });
  stops.push(() => {
    caller.close();
    running.forceShutdown();
  });
  return {
    call: (text: string, options: grpc.CallOptions = {}) =>
      new Promise<string>((resolve, reject) => {
        caller.Echo!(text, new grpc.Metadata(), options, (error: Error | null, answer: string) =>
          error ? reject(error) : resolve(answer),
        );
      }),
    async stream(): Promise<string[]> {
      const answers: string[] = [];
      for await (const answer of caller.Count!('go')) answers.push(answer as string);
      return answers;
    },
  };
}

let collector: TraceCollector;
const started: Telemetry[] = [];
const stops: (() => void)[] = [];

function telemetryOf(serviceName: string, sampling = 1): Telemetry {
  const telemetry = startTelemetry({ serviceName, otlpEndpoint: collector.url, sampling });
  started.push(telemetry);
  return telemetry;
}

beforeAll(async () => {
  collector = await startTraceCollector();
});
afterAll(async () => {
  for (const stop of stops) stop();
  await Promise.all(started.map((telemetry) => telemetry.shutdown()));
  await collector.close();
});

describe('telemetry', () => {
  it('makes one tree of the spans of three programs', async () => {
    const [ranker, retrieval, representation] = ['ranker', 'retrieval', 'representation'].map((name) =>
      telemetryOf(name),
    ) as [Telemetry, Telemetry, Telemetry];
    const far = await startEcho(representation, retrieval, (text) =>
      representation.span('represent', { 'isthmus.users': 1 }, async () => `${text}!`),
    );
    const near = await startEcho(retrieval, ranker, (text) =>
      retrieval.span('cross_domain', {}, async () => {
        await new Promise((resolve) => setTimeout(resolve, 2));
        return retrieval.span('merge', {}, () => far.call(text));
      }),
    );
    let traceId = '';
    const answer = await ranker.span('rank', {}, (span) => {
      traceId = span.traceId;
      return near.call('hello');
    });
    expect(answer).toBe('hello!');
    await Promise.all(started.map((telemetry) => telemetry.flush()));
    const spans = await collector.waitForTrace(traceId, { minSpans: 8 });
    expect(spans).toHaveLength(8);
    const tree = collector.tree(traceId);
    expect(serviceEdges(tree)).toEqual(['ranker → retrieval', 'retrieval → representation']);
    const path: string[] = [];
    for (let node = tree; ; node = node.children[0] as typeof node) {
      path.push(`${node.span.service} ${node.span.kind} ${node.span.name}`);
      if (node.children.length === 0) break;
      expect(node.children).toHaveLength(1);
    }
    expect(path).toEqual([
      'ranker internal rank',
      'ranker client isthmus.test.v1.EchoService/Echo',
      'retrieval server isthmus.test.v1.EchoService/Echo',
      'retrieval internal cross_domain',
      'retrieval internal merge',
      'retrieval client isthmus.test.v1.EchoService/Echo',
      'representation server isthmus.test.v1.EchoService/Echo',
      'representation internal represent',
    ]);
    const call = spans.find((span) => span.kind === 'client' && span.service === 'ranker');
    expect(call?.attributes).toMatchObject({
      'rpc.system.name': 'grpc',
      'rpc.method': 'isthmus.test.v1.EchoService/Echo',
      'rpc.status_code': 'OK',
      'server.address': '127.0.0.1',
    });
    const drawn = renderTraceTree(tree, { colour: false }).split('\n');
    expect(drawn).toHaveLength(8);
    expect(drawn[0]).toMatch(/^ranker {10}rank +\d+\.\d ms {2}█+$/);
    expect(drawn[1]).toMatch(/^ranker {10}└─ EchoService\/Echo +\d+\.\d ms {2}·*█+·*$/);
    expect(new Set(drawn.map((line) => line.length)).size).toBe(1);
  });

  it('keeps calls of one trace apart from those that run beside it', async () => {
    const caller = telemetryOf('caller');
    const callee = telemetryOf('callee');
    const server = await startEcho(callee, caller, (text) =>
      callee.span('search', {}, async () => {
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
        return text;
      }),
    );
    const traces = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        caller.span('rank', {}, async (span) => {
          await server.call(String(n));
          return span.traceId;
        }),
      ),
    );
    await Promise.all([caller.flush(), callee.flush()]);
    for (const traceId of traces) {
      const spans = await collector.waitForTrace(traceId, { minSpans: 4 });
      expect(spans).toHaveLength(4);
    }
  });

  it('traces streams, and keeps the span active in them', async () => {
    const caller = telemetryOf('caller');
    const callee = telemetryOf('callee');
    const server = await startEcho(callee, caller, (text) => callee.span('encode', {}, async () => text));
    const traceId = await caller.span('rank', {}, async (span) => {
      expect(await server.stream()).toEqual(['0', '1', '2']);
      return span.traceId;
    });
    await Promise.all([caller.flush(), callee.flush()]);
    const spans = await collector.waitForTrace(traceId, { minSpans: 6 });
    expect(spans.filter((span) => span.name === 'encode')).toHaveLength(3);
  });

  it('tells errors of the server from those of the caller', async () => {
    const caller = telemetryOf('caller');
    const callee = telemetryOf('callee');
    const server = await startEcho(callee, caller, async (text) => {
      throw Object.assign(new Error('no'), { code: Number(text) });
    });
    const outcome = async (code: grpc.status) => {
      const traceId = await caller.span('rank', {}, async (span) => {
        await expect(server.call(String(code))).rejects.toThrow();
        return span.traceId;
      });
      await Promise.all([caller.flush(), callee.flush()]);
      const spans = await collector.waitForTrace(traceId, { minSpans: 3 });
      return Object.fromEntries(
        spans.map((span) => [span.kind, [span.isError, span.attributes['error.type']]]),
      );
    };
    expect(await outcome(grpc.status.NOT_FOUND)).toMatchObject({
      client: [true, 'NOT_FOUND'],
      server: [false, undefined],
    });
    expect(await outcome(grpc.status.INTERNAL)).toMatchObject({
      client: [true, 'INTERNAL'],
      server: [true, 'INTERNAL'],
    });
  });

  it('ends the spans of a call that runs into its deadline', async () => {
    const caller = telemetryOf('caller');
    const callee = telemetryOf('callee');
    const server = await startEcho(callee, caller, () => new Promise(() => undefined));
    const traceId = await caller.span('rank', {}, async (span) => {
      await expect(server.call('wait', { deadline: Date.now() + 500 })).rejects.toMatchObject({ code: 4 });
      return span.traceId;
    });
    await until('the spans of both sides', async () => {
      await Promise.all([caller.flush(), callee.flush()]);
      return collector.spans().filter((span) => span.traceId === traceId).length >= 3;
    });
    const spans = await collector.waitForTrace(traceId, { minSpans: 3 });
    const statusOf = (side: string) => spans.find(({ kind }) => kind === side)?.attributes['rpc.status_code'];
    expect(statusOf('client')).toBe('DEADLINE_EXCEEDED');
    // The caller may hang up a moment before the server's own timer.
    expect(['DEADLINE_EXCEEDED', 'CANCELLED']).toContain(statusOf('server'));
  });

  it('writes the reason of a failure and none of its words', async () => {
    const telemetry = telemetryOf('failing');
    let traceId = '';
    const failing = telemetry.span('search', {}, async (span) => {
      traceId = span.traceId;
      throw Object.assign(new Error('user 4711 is unknown'), { reason: 'ITEM_UNKNOWN' });
    });
    await expect(failing).rejects.toThrow('4711');
    expect(() =>
      telemetry.span('merge', {}, () => {
        throw new TypeError('synchronous');
      }),
    ).toThrow('synchronous');
    await telemetry.flush();
    const [span] = await collector.waitForTrace(traceId, { minSpans: 1 });
    expect(span).toMatchObject({ isError: true, attributes: { 'error.type': 'ITEM_UNKNOWN' } });
    expect(
      JSON.stringify(span, (_key, value) => (typeof value === 'bigint' ? String(value) : value)),
    ).not.toContain('4711');
  });

  it('follows the decision of the caller not to sample, through every program', async () => {
    const caller = telemetryOf('unsampled', 0);
    const callee = telemetryOf('callee', 1);
    const server = await startEcho(callee, caller, (text) => callee.span('search', {}, async () => text));
    const before = collector.spans().length;
    await caller.span('rank', {}, () => server.call('quiet'));
    await Promise.all([caller.flush(), callee.flush()]);
    expect(collector.spans().slice(before)).toEqual([]);
  });

  it('costs an unsampled span next to nothing', () => {
    const telemetry = telemetryOf('cheap', 0);
    const rounds = 20_000;
    telemetry.span('rank', {}, () => {
      const before = process.cpuUsage();
      for (let round = 0; round < rounds; round++) telemetry.span('search', {}, () => round);
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / rounds).toBeLessThan(20);
    });
  });

  it('sends metrics under the names of the schema, and log lines inside their trace', async () => {
    const telemetry = telemetryOf('measured');
    const server = await startEcho(telemetry, telemetry, async (text) => text);
    telemetry.count('isthmus.catalogue.writes', 3, { 'isthmus.domain': 'food' });
    telemetry.record('isthmus.retrieval.hits', 50);
    const stop = telemetry.observe('isthmus.log.size', () => 17);
    const logger = pino({}, telemetry.logStream());
    let traceId = '';
    await telemetry.span('rank', {}, async (span) => {
      traceId = span.traceId;
      await server.call('x');
      logger.warn({ attempt: 2 }, 'it took long');
    });
    await telemetry.flush();
    const names = collector.metrics().filter(({ service }) => service === 'measured');
    expect(names.map(({ name, unit }) => `${name} ${unit}`).sort()).toEqual([
      'isthmus.catalogue.writes {item}',
      'isthmus.log.size {entry}',
      'isthmus.retrieval.hits {item}',
      'rpc.client.call.duration s',
      'rpc.server.call.duration s',
    ]);
    expect(collector.logs().filter(({ service }) => service === 'measured')).toEqual([
      { service: 'measured', severity: 'WARN', body: 'it took long', traceId, attributes: { attempt: 2 } },
    ]);
    stop();
  });

  it('does nothing where nothing is to be sent', async () => {
    const quiet = startTelemetry({ serviceName: 'quiet', otlpEndpoint: '' });
    const server = await startEcho(quiet, quiet, async (text) => text);
    expect(await quiet.span('rank', {}, () => server.call('hello'))).toBe('hello');
    expect(quiet.logStream()).toBeUndefined();
    expect(quiet.traceFields()).toEqual({});
    await quiet.shutdown();
  });

  it('ends in time though nobody receives', async () => {
    const lost = startTelemetry({ serviceName: 'lost', otlpEndpoint: 'http://127.0.0.1:9' });
    lost.span('rank', {}, () => undefined);
    const startedAt = performance.now();
    await lost.shutdown();
    expect(performance.now() - startedAt).toBeLessThan(20_000);
  });
});
