import { createServer } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { RetrieveResponse } from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import { afterEach, describe, expect, it } from '@jest/globals';
import { IsthmusClient } from './isthmus-client.js';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A client of a server that begins its first answers and goes away, as one does that is killed, and then gives whole ones. */
async function clientOfServerThatBreaksOff(times: number) {
  const seen = { calls: 0 };
  const sockets = new Set<Socket>();
  const server = createServer();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.on('stream', (stream) => {
    seen.calls += 1;
    stream.on('error', () => {});
    const isWhole = seen.calls > times;
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: isWhole });
    if (isWhole) {
      const message = RetrieveResponse.encode(RetrieveResponse.fromPartial({ sequence: 7n })).finish();
      const prefix = Buffer.alloc(5);
      prefix.writeUInt32BE(message.length, 1);
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.end(Buffer.concat([prefix, message]));
    } else
      setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, 20);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new IsthmusClient({ retrieval: address, insecure: true, deadlineMs: 10_000 });
  closers.push(
    () => client.close(),
    () => server.close(),
  );
  return { client, seen };
}

describe('a call whose answer breaks off', () => {
  it('is made again', async () => {
    const { client, seen } = await clientOfServerThatBreaksOff(2);
    expect(await client.retrieval.retrieve({ k: 1 })).toMatchObject({ sequence: 7n });
    expect(seen.calls).toBe(3);
  });

  it('fails after four attempts', async () => {
    const { client, seen } = await clientOfServerThatBreaksOff(Number.POSITIVE_INFINITY);
    await expect(client.retrieval.retrieve({ k: 1 })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      reason: '',
    });
    expect(seen.calls).toBe(4);
  });

  it('is not made again when its caller has given up', async () => {
    const { client, seen } = await clientOfServerThatBreaksOff(Number.POSITIVE_INFINITY);
    const giveUp = new AbortController();
    const call = client.retrieval.retrieve({ k: 1 }, { signal: giveUp.signal });
    setTimeout(() => giveUp.abort(), 5);
    await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(seen.calls).toBeLessThanOrEqual(1);
  });
});
