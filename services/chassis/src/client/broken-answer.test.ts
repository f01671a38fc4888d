import { createServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import {
  ListLogEntriesResponse,
  TransparencyLogServiceClient,
} from '@isthmus/proto/isthmus/attestation/v1/log.js';
import { FinishRunRequest, ProofServiceClient } from '@isthmus/proto/isthmus/attestation/v1/run.js';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type ClientOptions, connect } from './connect.js';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A server that begins its first answers and goes away, as one does that is killed, and then gives whole ones. */
async function serverThatBreaksOff(times: number) {
  let calls = 0;
  const server = createServer();
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.on('stream', (stream: ServerHttp2Stream) => {
    calls += 1;
    stream.on('error', () => {});
    if (calls > times) return answer(stream);
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
    setTimeout(() => {
      for (const socket of sockets) socket.destroy();
    }, 20);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    get calls() {
      return calls;
    },
  };
}

function answer(stream: ServerHttp2Stream): void {
  const message = ListLogEntriesResponse.encode({ entries: [], nextPageToken: 'whole' }).finish();
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(message.length, 1);
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.end(Buffer.concat([prefix, message]));
}

function opened<Client extends { close(): void }>(client: Client): Client {
  closers.push(() => client.close());
  return client;
}

const options: ClientOptions = { credentials: 'plaintext' };
const page = { pageSize: 0, pageToken: '' };

describe('a call whose answer breaks off', () => {
  it('is made again where it is safe to repeat', async () => {
    const server = await serverThatBreaksOff(2);
    const log = opened(connect(TransparencyLogServiceClient, server.address, options));
    expect(await log.listLogEntries(page)).toMatchObject({ nextPageToken: 'whole' });
    expect(server.calls).toBe(3);
  });

  it('fails with its last error after as many attempts as the policy has', async () => {
    const server = await serverThatBreaksOff(Number.POSITIVE_INFINITY);
    const log = opened(
      connect(TransparencyLogServiceClient, server.address, { ...options, retry: { maxAttempts: 2 } }),
    );
    await expect(log.listLogEntries(page)).rejects.toMatchObject({ reason: 'DEPENDENCY_UNAVAILABLE' });
    expect(server.calls).toBe(2);
  });

  it('is not made again where it is not safe', async () => {
    const server = await serverThatBreaksOff(1);
    const unsafe = { ...options, isSafeToRetry: () => false };
    const proofs = opened(connect(ProofServiceClient, server.address, unsafe));
    await expect(proofs.finishRun(FinishRunRequest.fromPartial({}))).rejects.toBeDefined();
    expect(server.calls).toBe(1);
  });
});
