import {
  Metadata,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import { ErrorInfo, RetryInfo } from '@isthmus/proto/google/rpc/error_details.js';
import { Status } from '@isthmus/proto/google/rpc/status.js';
import {
  CatalogueServiceService,
  type UpsertItemsRequest,
} from '@isthmus/proto/isthmus/retrieval/v1/catalogue.js';
import {
  RetrievalServiceService,
  type RetrieveRequest,
  RetrieveResponse,
} from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IsthmusError } from './error.js';
import { IsthmusClient } from './isthmus-client.js';

const seen: { requests: RetrieveRequest[]; requestIds: string[]; abandoned: number; cancelled: number } = {
  requests: [],
  requestIds: [],
  abandoned: 0,
  cancelled: 0,
};
const server = new Server();
let client: IsthmusClient;

beforeAll(async () => {
  server.addService(RetrievalServiceService, {
    predictInterests: () => undefined,
    batchRetrieve(
      call: ServerUnaryCall<{ requests: RetrieveRequest[] }, unknown>,
      reply: sendUnaryData<unknown>,
    ) {
      const results = call.request.requests.map(({ k }) => ({
        outcome:
          k === 13
            ? { $case: 'error', value: refusal(status.NOT_FOUND, 'MODEL_NOT_FOUND') }
            : { $case: 'response', value: RetrieveResponse.fromPartial({ sequence: BigInt(k) }) },
      }));
      reply(null, { results });
    },
    retrieve(
      call: ServerUnaryCall<RetrieveRequest, RetrieveResponse>,
      reply: sendUnaryData<RetrieveResponse>,
    ) {
      seen.requests.push(call.request);
      const attempts = seen.requests.length;
      switch (call.request.model?.name) {
        case 'slow':
          return;
        case 'abandoned':
          call.on('cancelled', () => {
            seen.cancelled += 1;
          });
          seen.abandoned += 1;
          return;
        case 'flaky':
          if (attempts < 3) return reply({ code: status.UNAVAILABLE, details: 'draining' });
          return reply(null, RetrieveResponse.fromPartial({}));
        case 'gone':
          return reply(withDetails(status.NOT_FOUND, 'MODEL_NOT_FOUND'));
        default:
          return reply(null, RetrieveResponse.fromPartial({ sequence: 2n ** 60n }));
      }
    },
  });
  server.addService(CatalogueServiceService, {
    upsertItems(call: ServerUnaryCall<UpsertItemsRequest, unknown>, reply: sendUnaryData<unknown>) {
      seen.requestIds.push(call.request.requestId);
      if (seen.requestIds.length === 1) return reply({ code: status.UNAVAILABLE, details: 'once' });
      reply(null, { sequence: 7n });
    },
    deleteItems: () => undefined,
    getItems: () => undefined,
    listItems: () => undefined,
  });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    ),
  );
  client = new IsthmusClient({ retrieval: `127.0.0.1:${port}`, insecure: true });
});

afterAll(() => {
  client.close();
  server.forceShutdown();
});

function refusal(code: status, reason: string): Status {
  const info = ErrorInfo.fromPartial({ reason, domain: 'isthmus', metadata: { name: 'gone' } });
  const retry = RetryInfo.fromPartial({ retryDelay: { seconds: 1n, nanos: 500_000_000 } });
  return {
    code,
    message: 'no such model',
    details: [
      {
        typeUrl: 'type.googleapis.com/google.rpc.ErrorInfo',
        value: Buffer.from(ErrorInfo.encode(info).finish()),
      },
      {
        typeUrl: 'type.googleapis.com/google.rpc.RetryInfo',
        value: Buffer.from(RetryInfo.encode(retry).finish()),
      },
    ],
  };
}

function withDetails(code: status, reason: string) {
  const metadata = new Metadata();
  metadata.set('grpc-status-details-bin', Buffer.from(Status.encode(refusal(code, reason)).finish()));
  return { code, details: 'no such model', metadata };
}

describe('IsthmusClient', () => {
  it('fills in the defaults of a request and keeps 64-bit numbers whole', async () => {
    const answer = await client.retrieval.retrieve({ model: { name: 'm' }, user: { events: [] }, k: 5 });
    expect(answer.sequence).toBe(2n ** 60n);
    expect(seen.requests.at(-1)).toMatchObject({ k: 5, excludedItemIds: [], includeHistory: false });
  });

  it('repeats a read that a draining server refused', async () => {
    seen.requests.length = 0;
    await client.retrieval.retrieve({ model: { name: 'flaky' }, k: 1 });
    expect(seen.requests).toHaveLength(3);
  });

  it('repeats a write under the same request id', async () => {
    await expect(client.catalogue.upsertItems({ modelName: 'm' })).resolves.toEqual({ sequence: 7n });
    expect(seen.requestIds).toHaveLength(2);
    expect(seen.requestIds[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(seen.requestIds[1]).toBe(seen.requestIds[0]);
  });

  it('throws an error with code, reason, metadata and the time to wait', async () => {
    const failure = await client.retrieval
      .retrieve({ model: { name: 'gone' }, k: 1 })
      .catch((error) => error);
    expect(failure).toBeInstanceOf(IsthmusError);
    expect(failure).toMatchObject({
      code: 'NOT_FOUND',
      reason: 'MODEL_NOT_FOUND',
      message: 'no such model',
      metadata: { name: 'gone' },
      retryAfterMs: 1500,
      remedy: expect.stringContaining('ListModels'),
    });
  });

  it('ends a call at its deadline', async () => {
    const call = client.retrieval.retrieve({ model: { name: 'slow' }, k: 1 }, { deadlineMs: 50 });
    await expect(call).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  });

  it('ends a call on abort, on the server too', async () => {
    const controller = new AbortController();
    const call = client.retrieval.retrieve(
      { model: { name: 'abandoned' }, k: 1 },
      { signal: controller.signal, deadlineMs: 60_000 },
    );
    const failed = expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
    while (seen.abandoned === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort();
    await failed;
    while (seen.cancelled === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(seen.cancelled).toBe(1);
  });

  it('splits any number of requests into batches and keeps a failure in its place', async () => {
    const requests = Array.from({ length: 300 }, (_, index) => ({ model: { name: 'm' }, k: index }));
    const answers = await client.retrieveMany(requests);
    expect(answers).toHaveLength(300);
    expect(answers[13]).toMatchObject({ reason: 'MODEL_NOT_FOUND' });
    expect(answers[299]).toMatchObject({ sequence: 299n });
  });

  it('says which address is missing', () => {
    expect(() => client.models).toThrow(/option `admin`/);
  });
});
