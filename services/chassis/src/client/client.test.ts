import { setTimeout as sleep } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { TransparencyLogServiceService } from '@isthmus/proto/isthmus/attestation/v1/log.js';
import { FinishRunRequest, ProofServiceService } from '@isthmus/proto/isthmus/attestation/v1/run.js';
import { ModelServiceService } from '@isthmus/proto/isthmus/model/v1/model_service.js';
import { CatalogueServiceService } from '@isthmus/proto/isthmus/retrieval/v1/catalogue.js';
import { RetrievalServiceService } from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { failure, type IsthmusError } from '../errors/isthmus-error.js';
import { commitment, Fixture, logService, proofService } from '../server/sample-services.fixture.js';
import { until } from '../server/until.fixture.js';
import { isSafeToRetry } from './safe-to-retry.js';

const page = { pageSize: 0, pageToken: '' };
const finish = FinishRunRequest.fromPartial({
  runId: 'run-1',
  segments: 1n,
  chainHead: Buffer.alloc(32),
  files: [{ name: 'model.json', sha256: 'a'.repeat(64), sizeBytes: 1n }],
  modelDigest: 'a'.repeat(64),
  signature: Buffer.alloc(8),
});

let fixture: Fixture;
beforeEach(() => {
  fixture = new Fixture();
});
afterEach(() => fixture.close());

describe('the methods that are repeated', () => {
  const services = {
    ...TransparencyLogServiceService,
    ...ProofServiceService,
    ...RetrievalServiceService,
    ...CatalogueServiceService,
    ...ModelServiceService,
  };

  it('are those that read, and those whose change carries a request id', () => {
    const safe = Object.values(services)
      .filter(isSafeToRetry)
      .map(({ path }) => path.split('/')[2]);
    expect(safe.sort()).toEqual(
      [
        'GetLogCheckpoint',
        'GetInclusionProof',
        'GetConsistencyProof',
        'ListLogEntries',
        'GetRun',
        'ListRuns',
        'PredictInterests',
        'Retrieve',
        'BatchRetrieve',
        'GetItems',
        'ListItems',
        'ListModels',
        'GetModel',
        'GetOperation',
        'StartRun',
        'FinishRun',
        'UpsertItems',
        'DeleteItems',
        'LoadModel',
        'UnloadModel',
        'SetLabel',
      ].sort(),
    );
  });

  it('are repeated on UNAVAILABLE, with pauses', async () => {
    let attempts = 0;
    const server = await fixture.start([
      logService({
        async listLogEntries() {
          if (++attempts < 3) throw failure('DEPENDENCY_UNAVAILABLE', 'Not now.');
          return { entries: [], nextPageToken: '' };
        },
      }),
    ]);
    await fixture.logClient(server).listLogEntries(page);
    expect(attempts).toBe(3);
  });

  it.each(['OVERLOADED', 'INTERNAL'] as const)('are not repeated on %s', async (reason) => {
    let attempts = 0;
    const server = await fixture.start([
      logService({
        async listLogEntries() {
          attempts++;
          throw failure(reason, 'No.', { retryAfterMs: 10 });
        },
      }),
    ]);
    expect(await failed(fixture.logClient(server).listLogEntries(page))).toMatchObject({
      reason,
      retryAfterMs: 10,
    });
    expect(attempts).toBe(1);
  });

  it('carry the same request id in every attempt, drawn by the client where the caller gave none', async () => {
    const ids: string[] = [];
    const server = await fixture.start([
      proofService({
        async finishRun({ requestId }) {
          ids.push(requestId);
          if (ids.length < 2) throw failure('DEPENDENCY_UNAVAILABLE', 'Not now.');
          return { run: undefined };
        },
      }),
    ]);
    const client = fixture.proofClient(server);
    await client.finishRun(finish);
    expect(ids).toHaveLength(2);
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(ids[1]).toBe(ids[0]);
    await client.finishRun({ ...finish, requestId: 'mine' });
    expect(ids[2]).toBe('mine');
  });

  it('are repeated where one of two replicas ends with hundreds of them under way', async () => {
    const underWay = 400;
    let waiting = 0;
    const first = await fixture.start([
      logService({
        async listLogEntries(_request, { signal }) {
          waiting += 1;
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          throw signal.reason;
        },
      }),
    ]);
    const second = await fixture.start([logService({})]);
    const client = fixture.logClient({ address: `${first.address},${second.address}` });
    await client.waitForReady(2000);
    const calls: Promise<unknown>[] = [];
    while (waiting < underWay) {
      calls.push(client.listLogEntries(page, { deadlineMs: 30_000 }));
      await sleep(1);
    }
    await first.stop(0);
    expect(await Promise.allSettled(calls)).not.toContainEqual(
      expect.objectContaining({ status: 'rejected' }),
    );
  });

  it('can be repeated elsewhere: two replicas, one of which stops', async () => {
    const first = await fixture.start([logService({})]);
    const second = await fixture.start([logService({})]);
    const client = fixture.logClient({ address: `${first.address},${second.address}` });
    await client.waitForReady(2000);
    for (let i = 0; i < 10; i++) await client.listLogEntries(page);
    await first.stop(100);
    for (let i = 0; i < 20; i++) await client.listLogEntries(page);
  });
});

describe('a client', () => {
  it('gives unary calls a deadline where the caller does not', async () => {
    const server = await fixture.start([
      logService({
        async listLogEntries(_request, call) {
          return { entries: [], nextPageToken: String(Math.round(call.deadlineMs / 1000)) };
        },
      }),
    ]);
    expect(await fixture.logClient(server).listLogEntries(page)).toMatchObject({ nextPageToken: '10' });
    const hasty = fixture.logClient(server, { defaultDeadlineMs: 4000 });
    expect(await hasty.listLogEntries(page)).toMatchObject({ nextPageToken: '4' });
  });

  it('fails with a reason where nobody answers', async () => {
    const client = fixture.logClient({ address: '127.0.0.1:1' });
    expect(await failed(client.listLogEntries(page, { deadlineMs: 3000 }))).toMatchObject({
      code: status.UNAVAILABLE,
      reason: 'DEPENDENCY_UNAVAILABLE',
    });
    expect(await failed(client.waitForReady(100))).toMatchObject({
      reason: 'DEPENDENCY_UNAVAILABLE',
      metadata: { dependency: '127.0.0.1:1' },
    });
  });

  it('does not begin a call whose signal is aborted already', async () => {
    const server = await fixture.start([logService({})]);
    const answer = fixture.logClient(server).listLogEntries(page, { signal: AbortSignal.abort() });
    expect(await failed(answer)).toMatchObject({ reason: 'CANCELLED' });
    expect(fixture.log.lines).toEqual([]);
  });

  it('survives a failed stream that nobody reads, and tells its error to one who reads late', async () => {
    const server = await fixture.start([
      proofService({
        // biome-ignore lint/correctness/useYield: it fails before the first answer
        async *watchRun() {
          throw failure('RUN_NOT_FOUND', 'No such run.');
        },
      }),
    ]);
    const stream = fixture.proofClient(server).watchRun({ runId: 'r' });
    await sleep(150);
    expect(await failed(collect(stream))).toMatchObject({ reason: 'RUN_NOT_FOUND' });
  });

  it('tells a writer why its stream has ended', async () => {
    const server = await fixture.start([proofService({})]);
    const stream = fixture.proofClient(server).commitSegments();
    await stream.write(commitment({ steps: 0n }));
    let told: unknown;
    await until('the end of the stream', async () => {
      await stream.write(commitment()).catch((error: unknown) => {
        told = error;
      });
      return told !== undefined;
    });
    expect(told).toMatchObject({ reason: 'FIELD_INVALID' });
  });

  it('reports what the source of its requests throws, and cancels the call', async () => {
    const server = await fixture.start([
      proofService({
        async uploadObject(requests) {
          for await (const _ of requests) {
            // Reads until the caller stops.
          }
          return { sha256: '', sizeBytes: 0n };
        },
      }),
    ]);
    const source = async function* () {
      yield { sha256: 'a'.repeat(64), chunk: Buffer.alloc(1) };
      throw new Error('the disk is gone');
    };
    expect(await failed(fixture.proofClient(server).uploadObject(source()))).toMatchObject({
      message: 'the disk is gone',
    });
    await until('the call to end', () => server.openCalls === 0);
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

async function collect(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream) {
    // Only how it ends is of interest.
  }
}
