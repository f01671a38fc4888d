import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { TransparencyLogServiceService } from '@isthmus/proto/isthmus/attestation/v1/log.js';
import { Run } from '@isthmus/proto/isthmus/attestation/v1/run.js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { failure, type IsthmusError } from '../errors/isthmus-error.js';
import { fromServiceError } from '../errors/service-error.js';
import type { CallContext } from './call-context.js';
import { commitment, deferred, Fixture, logService, proofService } from './sample-services.fixture.js';
import { until } from './until.fixture.js';

const page = { pageSize: 0, pageToken: '' };
const inclusion = { index: 1n, treeSize: 3n };
const run = { runId: 'run-1' };

let fixture: Fixture;
beforeEach(() => {
  fixture = new Fixture();
});
afterEach(() => fixture.close());

describe('a server', () => {
  it('answers, and hands the handler method, peer and remaining time', async () => {
    let seen: CallContext | undefined;
    const server = await fixture.start([
      logService({
        async listLogEntries(_request, call) {
          seen = call;
          return { entries: [], nextPageToken: 'next' };
        },
      }),
    ]);
    expect(await fixture.logClient(server).listLogEntries(page, { deadlineMs: 3000 })).toEqual({
      entries: [],
      nextPageToken: 'next',
    });
    expect(seen?.method).toBe('/isthmus.attestation.v1.TransparencyLogService/ListLogEntries');
    expect(seen?.peer).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(seen?.deadlineMs).toBeGreaterThan(1000);
    expect(seen?.deadlineMs).toBeLessThanOrEqual(3000);
  });

  it('refuses a unary call without a deadline, unless it is configured otherwise', async () => {
    const strict = await fixture.start([logService({})]);
    expect(await rawCall(strict.address, 'listLogEntries', page)).toMatchObject({
      code: status.INVALID_ARGUMENT,
      reason: 'DEADLINE_REQUIRED',
    });
    const lenient = await fixture.start([logService({})], { settings: { requireDeadline: false } });
    expect(await rawCall(lenient.address, 'listLogEntries', page)).toEqual({
      entries: [],
      nextPageToken: '',
    });
  });

  it('checks a request against the schema before its handler sees it', async () => {
    let calls = 0;
    const server = await fixture.start([
      logService({
        async listLogEntries() {
          calls++;
          return { entries: [], nextPageToken: '' };
        },
      }),
    ]);
    const error = await failed(fixture.logClient(server).listLogEntries({ pageSize: -1, pageToken: '' }));
    expect(error).toMatchObject({ code: status.INVALID_ARGUMENT, reason: 'FIELD_INVALID' });
    expect(error.metadata).toEqual({ field: 'page_size', rule: 'int32.gte_lte' });
    expect(error.violations).toHaveLength(1);
    expect(calls).toBe(0);
  });

  it('passes on the reason that a handler gives', async () => {
    const server = await fixture.start([
      logService({
        async getInclusionProof({ index }) {
          throw failure('LOG_ENTRY_NOT_FOUND', `There is no entry ${index}.`, {
            metadata: { index: String(index) },
          });
        },
      }),
    ]);
    expect(await failed(fixture.logClient(server).getInclusionProof(inclusion))).toMatchObject({
      code: status.NOT_FOUND,
      reason: 'LOG_ENTRY_NOT_FOUND',
      message: 'There is no entry 1.',
      metadata: { index: '1' },
    });
  });

  it('turns what a handler did not mean to throw into INTERNAL, and logs it under the same incident', async () => {
    const server = await fixture.start([
      logService({
        getInclusionProof() {
          throw new TypeError('secret of the inside');
        },
      }),
    ]);
    const error = await failed(fixture.logClient(server).getInclusionProof(inclusion));
    expect(error).toMatchObject({ code: status.INTERNAL, reason: 'INTERNAL' });
    expect(error.message).not.toContain('secret');
    const line = fixture.log.lines.find(({ incident }) => incident === error.metadata.incident);
    expect(line).toMatchObject({
      msg: 'call failed',
      code: 'INTERNAL',
      err: { message: 'secret of the inside' },
    });
  });

  it('goes on after an answer that cannot be encoded', async () => {
    const server = await fixture.start([
      logService({ getInclusionProof: async () => ({ index: 'no bigint' }) as never }),
    ]);
    const client = fixture.logClient(server);
    expect(await failed(client.getInclusionProof(inclusion))).toMatchObject({ reason: 'INTERNAL' });
    expect(fixture.log.lines.at(-1)).toHaveProperty('incident');
    expect(await client.listLogEntries(page)).toEqual({ entries: [], nextPageToken: '' });
  });

  it('ends a call at its deadline and tells the handler why', async () => {
    let reason: unknown;
    const server = await fixture.start([
      logService({
        async listLogEntries(_request, call) {
          await once(call.signal, 'abort');
          reason = call.signal.reason;
          throw call.signal.reason;
        },
      }),
    ]);
    const error = await failed(fixture.logClient(server).listLogEntries(page, { deadlineMs: 1000 }));
    expect(error).toMatchObject({ code: status.DEADLINE_EXCEEDED, reason: 'DEADLINE_EXCEEDED' });
    await until('the handler to be told', () => reason !== undefined);
    expect(reason).toMatchObject({ reason: expect.stringMatching(/DEADLINE_EXCEEDED|CANCELLED/) });
  });

  it('tells the handler when the caller goes away', async () => {
    const begun = deferred();
    const gone = deferred<unknown>();
    const server = await fixture.start([
      logService({
        async listLogEntries(_request, call) {
          const aborted = once(call.signal, 'abort');
          begun.resolve();
          await aborted;
          gone.resolve(call.signal.reason);
          throw new DOMException('stopped', 'AbortError');
        },
      }),
    ]);
    const controller = new AbortController();
    const answer = failed(fixture.logClient(server).listLogEntries(page, { signal: controller.signal }));
    await begun.promise;
    controller.abort();
    expect(await answer).toMatchObject({ code: status.CANCELLED, reason: 'CANCELLED' });
    expect(await gone.promise).toMatchObject({ reason: 'CANCELLED' });
    await until('a line of the log', () => fixture.log.lines.some(({ code }) => code !== undefined));
    expect(fixture.log.lines.at(-1)).toMatchObject({ code: 'CANCELLED', reason: 'CANCELLED' });
  });

  it('passes the remaining deadline and the cancellation on to the services that it calls', async () => {
    const inner = { remainingMs: 0, begun: deferred(), aborted: deferred() };
    const downstream = await fixture.start([
      logService({
        async listLogEntries(_request, call) {
          inner.remainingMs = call.deadlineMs;
          const aborted = once(call.signal, 'abort');
          inner.begun.resolve();
          await aborted;
          inner.aborted.resolve();
          throw call.signal.reason;
        },
      }),
    ]);
    const downstreamClient = fixture.logClient(downstream);
    const upstream = await fixture.start([
      logService({
        async listLogEntries(request, call) {
          await sleep(100);
          return downstreamClient.listLogEntries(request, { parent: call, deadlineMs: 60_000 });
        },
      }),
    ]);
    const controller = new AbortController();
    const answer = failed(
      fixture.logClient(upstream).listLogEntries(page, { deadlineMs: 30_000, signal: controller.signal }),
    );
    await inner.begun.promise;
    expect(inner.remainingMs).toBeGreaterThan(0);
    expect(inner.remainingMs).toBeLessThan(29_950);
    controller.abort();
    await inner.aborted.promise;
    expect(await answer).toMatchObject({ reason: 'CANCELLED' });
  });

  it('refuses a request beyond the limit, and an answer too, and says how much is allowed', async () => {
    const server = await fixture.start(
      [
        logService({
          getLogCheckpoint: async () => ({
            checkpoint: 'x'.repeat(5000),
            treeSize: 1n,
            rootHash: Buffer.alloc(0),
            verifierKey: '',
          }),
        }),
        proofService({}),
      ],
      { settings: { maxMessageBytes: 2048 } },
    );
    const stream = fixture.proofClient(server).commitSegments({ deadlineMs: 2000 });
    await stream.write(commitment({ stateHash: Buffer.alloc(4000) }));
    expect(await failed(drain(stream))).toMatchObject({
      code: status.RESOURCE_EXHAUSTED,
      reason: 'MESSAGE_TOO_LARGE',
      metadata: { limitBytes: '2048', side: 'request' },
    });
    expect(await failed(fixture.logClient(server).getLogCheckpoint({}))).toMatchObject({
      code: status.RESOURCE_EXHAUSTED,
      reason: 'MESSAGE_TOO_LARGE',
      metadata: { limitBytes: '2048', side: 'response' },
    });
  });

  it('refuses bytes that are no message', async () => {
    const server = await fixture.start([logService({})]);
    const answer = await rawCall(server.address, 'listLogEntries', page, {
      deadline: Date.now() + 2000,
      serialize: () => Buffer.from([0xff, 0xff, 0xff, 0xff]),
    });
    expect(answer).toMatchObject({ code: status.INVALID_ARGUMENT, reason: 'FIELD_INVALID' });
  });

  it('says which methods it does not offer', async () => {
    const server = await fixture.start([logService({})]);
    const client = fixture.proofClient(server);
    expect(await failed(client.getRun(run))).toMatchObject({
      code: status.UNIMPLEMENTED,
      reason: 'METHOD_NOT_FOUND',
      metadata: { method: 'isthmus.attestation.v1.ProofService/GetRun' },
    });
    expect(await failed(drain(client.watchRun(run)))).toMatchObject({ reason: 'METHOD_NOT_FOUND' });
  });
});

describe('a stream', () => {
  it('of answers ends with its error', async () => {
    const server = await fixture.start([proofService({})]);
    const seen: bigint[] = [];
    const error = await failed(
      (async () => {
        for await (const { run: state } of fixture.proofClient(server).watchRun(run))
          seen.push(state!.committedSegments);
      })(),
    );
    expect(seen).toEqual([0n, 1n, 2n]);
    expect(error).toMatchObject({ code: status.NOT_FOUND, reason: 'RUN_NOT_FOUND' });
  });

  it('of answers is checked before it begins', async () => {
    const server = await fixture.start([proofService({})]);
    const error = await failed(drain(fixture.proofClient(server).watchRun({ runId: '' })));
    expect(error).toMatchObject({ reason: 'FIELD_INVALID', metadata: { field: 'run_id' } });
  });

  it('that its reader leaves ends the handler', async () => {
    const ended = deferred();
    const server = await fixture.start([
      proofService({
        async *watchRun(_request, call) {
          try {
            while (!call.signal.aborted) {
              yield { run: undefined };
              await sleep(5);
            }
          } finally {
            ended.resolve();
          }
        },
      }),
    ]);
    let count = 0;
    for await (const _ of fixture.proofClient(server).watchRun(run)) if (++count === 3) break;
    await ended.promise;
    await until('the call to end', () => server.openCalls === 0);
  });

  it('does not run ahead of its reader', async () => {
    let produced = 0;
    const big = { run: Run.fromPartial({ id: 'x'.repeat(100_000) }) };
    const server = await fixture.start([
      proofService({
        async *watchRun() {
          for (; produced < 500; produced++) yield big;
        },
      }),
    ]);
    const iterator = fixture.proofClient(server).watchRun(run)[Symbol.asyncIterator]();
    await iterator.next();
    await sleep(300);
    expect(produced).toBeLessThan(100); // 50 MB in all; windows and buffers hold far less
    await iterator.return?.();
  });

  it('of requests is consumed, checked message by message', async () => {
    const server = await fixture.start([
      proofService({
        async uploadObject(requests) {
          let sizeBytes = 0n;
          let sha256 = '';
          for await (const request of requests) {
            sha256 = request.sha256;
            sizeBytes += BigInt(request.chunk.length);
          }
          return { sha256, sizeBytes };
        },
      }),
    ]);
    const client = fixture.proofClient(server);
    const chunk = { sha256: 'a'.repeat(64), chunk: Buffer.alloc(1000) };
    expect(await client.uploadObject([chunk, chunk, chunk])).toEqual({
      sha256: 'a'.repeat(64),
      sizeBytes: 3000n,
    });
    expect(await failed(client.uploadObject([chunk, { ...chunk, sha256: 'zz' }]))).toMatchObject({
      reason: 'FIELD_INVALID',
      metadata: { field: 'sha256' },
    });
  });

  it('both ways answers while requests go on', async () => {
    const server = await fixture.start([proofService({})]);
    const stream = fixture.proofClient(server).commitSegments();
    const answers = stream[Symbol.asyncIterator]();
    for (const segment of [0n, 1n, 2n]) {
      await stream.write(commitment({ segment }));
      expect((await answers.next()).value).toEqual({ nextSegment: segment + 1n });
    }
    stream.end();
    expect(await answers.next()).toMatchObject({ done: true });
  });
});

describe('the request log', () => {
  it('has a line with method, code, reason, duration and peer, and nothing of the request', async () => {
    const server = await fixture.start([
      logService({
        async getInclusionProof() {
          throw failure('LOG_ENTRY_NOT_FOUND', 'No such entry.');
        },
      }),
    ]);
    const client = fixture.logClient(server);
    await client.listLogEntries({ pageSize: 7, pageToken: 'user-4711' });
    await failed(client.getInclusionProof(inclusion));
    expect(fixture.log.lines).toMatchObject([
      { msg: 'call', method: 'isthmus.attestation.v1.TransparencyLogService/ListLogEntries', code: 'OK' },
      {
        msg: 'call',
        code: 'NOT_FOUND',
        reason: 'LOG_ENTRY_NOT_FOUND',
        durationMs: expect.any(Number),
        peer: expect.any(String),
      },
    ]);
    expect(fixture.log.text).not.toContain('user-4711');
  });

  it('can be limited to failures', async () => {
    const server = await fixture.start([logService({})], { requestLog: 'errors' });
    const client = fixture.logClient(server);
    await client.listLogEntries(page);
    await failed(client.listLogEntries({ pageSize: -1, pageToken: '' }));
    expect(fixture.log.lines).toMatchObject([{ code: 'INVALID_ARGUMENT' }]);
  });
});

describe('a server that stops', () => {
  it('lets calls finish, refuses new ones, and ends streams of answers with DRAINING', async () => {
    const release = deferred();
    const server = await fixture.start([
      logService({
        async listLogEntries() {
          await release.promise;
          return { entries: [], nextPageToken: 'finished' };
        },
      }),
      proofService({
        async *watchRun(_request, call) {
          yield { run: undefined };
          await once(call.signal, 'abort');
        },
      }),
    ]);
    const client = fixture.logClient(server, { retry: { maxAttempts: 1 } });
    const slow = client.listLogEntries(page);
    const watching = failed(drain(fixture.proofClient(server).watchRun(run)));
    await until('both calls to begin', () => server.openCalls === 2);
    const stopped = server.stop(60_000);
    expect(await watching).toMatchObject({ code: status.UNAVAILABLE, reason: 'DRAINING' });
    expect(await failed(client.getLogCheckpoint({}))).toMatchObject({ code: status.UNAVAILABLE });
    release.resolve();
    expect(await slow).toMatchObject({ nextPageToken: 'finished' });
    await stopped;
    expect(server.openCalls).toBe(0);
  });

  it('ends what is left after the grace', async () => {
    const server = await fixture.start([logService({ listLogEntries: () => new Promise(() => {}) })]);
    const stuck = failed(fixture.logClient(server, { retry: { maxAttempts: 1 } }).listLogEntries(page));
    await until('the call to begin', () => server.openCalls === 1);
    await server.stop(200); // without the grace it would wait for ever
    expect(await stuck).toMatchObject({ code: status.UNAVAILABLE, reason: 'DRAINING' });
  });
});

async function failed(work: Promise<unknown>): Promise<IsthmusError> {
  try {
    await work;
  } catch (error) {
    return error as IsthmusError;
  }
  throw new Error('It was expected to fail.');
}

async function drain(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream) {
    // Only how it ends is of interest.
  }
}

/** A call by bare grpc-js, without what our own client adds. */
function rawCall(
  address: string,
  name: keyof typeof TransparencyLogServiceService,
  request: unknown,
  options: { deadline?: number; serialize?: () => Buffer } = {},
): Promise<unknown> {
  const method = TransparencyLogServiceService[name];
  const client = new Client(address, credentials.createInsecure());
  fixture.onClose(() => client.close());
  return new Promise((resolve) => {
    client.makeUnaryRequest(
      method.path,
      options.serialize ?? (method.requestSerialize as (value: unknown) => Buffer),
      method.responseDeserialize as (bytes: Buffer) => unknown,
      request,
      new Metadata(),
      options.deadline === undefined ? {} : { deadline: options.deadline },
      (error: ServiceError | null, response?: unknown) => resolve(error ? fromServiceError(error) : response),
    );
  });
}
