import {
  TransparencyLogServiceClient,
  TransparencyLogServiceService,
} from '@isthmus/proto/isthmus/attestation/v1/log.js';
import {
  CommitSegmentsRequest,
  ProofServiceClient,
  ProofServiceService,
  Run,
} from '@isthmus/proto/isthmus/attestation/v1/run.js';
import { type DestinationStream, type Logger, pino } from 'pino';
import { type ClientOptions, connect } from '../client/connect.js';
import { failure } from '../errors/isthmus-error.js';
import { bindService, type Handlers, type ServiceBinding } from './bind-service.js';
import { type RunningServer, type ServerOptions, startServer } from './start-server.js';

/** Log lines of a test, as objects. */
class LogLines implements DestinationStream {
  readonly lines: Record<string, unknown>[] = [];

  write(line: string): void {
    this.lines.push(JSON.parse(line));
  }

  /** The log as one text, to look for what must not be in it. */
  get text(): string {
    return JSON.stringify(this.lines);
  }
}

type LogHandlers = Handlers<typeof TransparencyLogServiceService>;
type ProofHandlers = Handlers<typeof ProofServiceService>;

/** The transparency log with handlers for a test; a method that is left out fails. */
export function logService(handlers: Partial<LogHandlers>): ServiceBinding {
  return bindService(TransparencyLogServiceService, {
    getLogCheckpoint: async () => ({
      checkpoint: 'note',
      treeSize: 3n,
      rootHash: Buffer.alloc(32),
      verifierKey: 'key',
    }),
    getInclusionProof: async () => Promise.reject(new Error('not part of this test')),
    getConsistencyProof: async () => Promise.reject(new Error('not part of this test')),
    listLogEntries: async () => ({ entries: [], nextPageToken: '' }),
    ...handlers,
  });
}

/** The proof service with handlers for a test. */
export function proofService(handlers: Partial<ProofHandlers>): ServiceBinding {
  const missing = async () => Promise.reject(new Error('not part of this test'));
  return bindService(ProofServiceService, {
    startRun: missing,
    finishRun: missing,
    getRun: missing,
    listRuns: missing,
    uploadObject: missing,
    async *commitSegments(requests) {
      for await (const { segment } of requests) yield { nextSegment: segment + 1n };
    },
    async *watchRun({ runId }) {
      for (const committedSegments of [0n, 1n, 2n])
        yield { run: Run.fromPartial({ id: runId, committedSegments }) };
      throw failure('RUN_NOT_FOUND', 'The run is gone.');
    },
    ...handlers,
  });
}

/** A promise that is resolved from outside. */
export function deferred<T = void>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** A commitment that the schema accepts. */
export function commitment(changes: Partial<CommitSegmentsRequest> = {}): CommitSegmentsRequest {
  const hash = Buffer.alloc(32);
  return CommitSegmentsRequest.fromPartial({
    runId: 'run-1',
    stateHash: hash,
    readsDigest: hash,
    chain: hash,
    steps: 1n,
    ...changes,
  });
}

/** Starts and connects what a test needs, and closes it all. */
export class Fixture {
  readonly log = new LogLines();
  readonly logger: Logger = pino({ level: 'debug' }, this.log);
  readonly #closers: (() => Promise<void> | void)[] = [];

  async start(services: ServiceBinding[], options: Partial<ServerOptions> = {}): Promise<RunningServer> {
    const server = await startServer({
      services,
      logger: this.logger,
      credentials: 'plaintext',
      ...options,
    });
    this.#closers.push(() => server.stop(0));
    return server;
  }

  logClient(server: { address: string }, options: Partial<ClientOptions> = {}) {
    const client = connect(TransparencyLogServiceClient, server.address, {
      credentials: 'plaintext',
      ...options,
    });
    this.#closers.push(() => client.close());
    return client;
  }

  proofClient(server: { address: string }, options: Partial<ClientOptions> = {}) {
    const client = connect(ProofServiceClient, server.address, { credentials: 'plaintext', ...options });
    this.#closers.push(() => client.close());
    return client;
  }

  onClose(close: () => Promise<void> | void): void {
    this.#closers.push(close);
  }

  async close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close();
  }
}
