import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import { ProofServiceService } from '@isthmus/proto/isthmus/attestation/v1/run.js';
import { afterEach, describe, expect, it } from '@jest/globals';
import { IsthmusClient } from './isthmus-client.js';

let server: Server | undefined;
let client: IsthmusClient | undefined;
afterEach(() => {
  client?.close();
  server?.forceShutdown();
});

/** A service that is never there, and how often each method was called. */
async function unavailable() {
  const calls = { getRun: 0, watchRun: 0 };
  const error = { code: status.UNAVAILABLE, details: 'not now' };
  server = new Server();
  server.addService(ProofServiceService, {
    getRun: (_call: unknown, respond: (failure: object) => void) => {
      calls.getRun += 1;
      respond(error);
    },
    watchRun: (call: { emit(event: string, failure: object): void }) => {
      calls.watchRun += 1;
      call.emit('error', error);
    },
  } as never);
  const port = await new Promise<number>((resolve, reject) =>
    server?.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (failure, bound) =>
      failure ? reject(failure) : resolve(bound),
    ),
  );
  client = new IsthmusClient({ attestation: `127.0.0.1:${port}`, insecure: true, deadlineMs: 20_000 });
  return { proofs: client.proofs, calls };
}

describe('what a server does not answer', () => {
  it('is repeated where it is one request and one answer', async () => {
    const { proofs, calls } = await unavailable();
    await expect(proofs.getRun({ runId: 'run' })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(calls.getRun).toBe(4);
  });

  it('is not repeated where it is a stream', async () => {
    const { proofs, calls } = await unavailable();
    await expect(proofs.watchRun({ runId: 'run' }).next()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(calls.watchRun).toBe(1);
  });
});
