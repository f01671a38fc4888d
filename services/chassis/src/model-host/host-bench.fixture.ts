import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Model } from '@isthmus/proto/isthmus/model/v1/model.js';
import type { Operation } from '@isthmus/proto/isthmus/model/v1/operation.js';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { pino } from 'pino';
import { Admission } from '../admission/admission.js';
import { filesOf, storeModel, testTrust } from '../admission/attested-model.fixture.js';
import type { Database } from '../database/database.js';
import { openDatabase } from '../database/open-database.js';
import type { ObjectStore } from '../objects/object-store.js';
import { openObjectStore } from '../objects/open-object-store.js';
import { ModelRegistry } from '../registry/model-registry.js';
import { RequestLog } from '../registry/request-log.js';
import type { CallContext } from '../server/call-context.js';
import { startTelemetry } from '../telemetry/start-telemetry.js';
import { ModelHost } from './model-host.js';
import { modelServiceBinding } from './model-service.js';

const logger = pino({ level: 'silent' });
const telemetry = startTelemetry({ serviceName: 'host', otlpEndpoint: '' });

interface ToyModel {
  readonly text: string;
  isWarm: boolean;
  isClosed: boolean;
}

/** Hosts of toy models on one database and one store; each test has a registry of its own. For the top of a suite. */
export function hostBench() {
  let folder: string;
  let database: Database;
  let objects: ObjectStore;
  let requests: RequestLog;
  let kind = '';
  let kinds = 0;
  const hosts: ModelHost<ToyModel>[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'isthmus-host-'));
    database = await openDatabase({ url: '', directory: join(folder, 'database') }, logger);
    objects = openObjectStore(pathToFileURL(join(folder, 'objects')).href);
    requests = new RequestLog(database);
    await requests.open();
    await writeFile(join(folder, 'trust.json'), JSON.stringify(testTrust));
  });
  beforeEach(() => {
    kinds++;
    kind = `kind${kinds}`;
  });
  afterAll(async () => {
    for (const host of hosts) await host.stop();
    await database?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** A replica of the program of this test. */
  async function replica(opening: () => Promise<void> = async () => undefined, pollMs = 5_000) {
    const registry = new ModelRegistry(database, kind);
    await registry.open();
    const admission = new Admission(
      { mode: 'enforce', trustFile: join(folder, 'trust.json') },
      { objects, logger, telemetry },
    );
    const opened: ToyModel[] = [];
    const host = new ModelHost<ToyModel>({
      registry,
      objects,
      admission,
      telemetry,
      logger,
      pollMs,
      async open(files) {
        await opening();
        const { text } = JSON.parse(Buffer.from(files.get('model.json') ?? []).toString());
        if (text === 'foreign') throw new Error('no such layer');
        const model = { text, isWarm: false, isClosed: false };
        opened.push(model);
        return model;
      },
      async warm(model) {
        model.isWarm = true;
      },
      close(model) {
        model.isClosed = true;
      },
    });
    hosts.push(host);
    return { host, opened, service: serviceOf(host, requests, kind) };
  }

  return {
    replica,
    /** Stores a model that is attested, or of which other files were attested. */
    stored: (text: string, attested = text) =>
      storeModel(objects, filesOf(text), { attested: filesOf(attested) }),
    /** File of a stored object. */
    objectPath: (digest: string) => join(folder, 'objects', digest.slice(0, 2), digest),
  };
}

/** The handlers of the service, called as the server calls them. */
function serviceOf(host: ModelHost<ToyModel>, requests: RequestLog, kind: string) {
  const { handlers } = modelServiceBinding(host, requests);
  const call = { method: '', signal: new AbortController().signal } as unknown as CallContext;
  const unary = (name: string, request: object) =>
    // biome-ignore lint/suspicious/noExplicitAny: handlers have forgotten their types
    (handlers[name] as any)(request, { ...call, method: `/${kind}/${name}` }) as Promise<any>;
  return {
    list: (request = {}): Promise<{ models: Model[]; nextPageToken: string }> =>
      unary('listModels', { pageSize: 0, pageToken: '', ...request }),
    load: (request: object): Promise<{ operation: Operation }> =>
      unary('loadModel', { bundleDigest: '', logProofDigest: '', labels: [], requestId: '', ...request }),
    unload: (request: object): Promise<{ model: Model }> =>
      unary('unloadModel', { requestId: '', ...request }),
    setLabel: (request: object): Promise<{ model: Model }> =>
      unary('setLabel', { requestId: '', ...request }),
    get: (model: object): Promise<{ model: Model }> => unary('getModel', { model }),
    operation: (id: string): Promise<{ operation: Operation }> => unary('getOperation', { id }),
    async watch(id: string): Promise<Operation[]> {
      const seen: Operation[] = [];
      // biome-ignore lint/suspicious/noExplicitAny: as above
      for await (const { operation } of (handlers.watchOperation as any)({ id }, call)) seen.push(operation);
      return seen;
    },
  };
}

/** The spec of a version. */
export const version = (value: string, name = 'm') => ({
  name,
  choice: { $case: 'version' as const, value },
});
/** The spec of a label. */
export const label = (value: string, name = 'm') => ({ name, choice: { $case: 'label' as const, value } });

/** Waits for a condition, with patience for a busy machine. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 2_000; attempt++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('what was waited for did not happen');
}

/** What the model that a spec means says. */
export function textOf(
  host: ModelHost<ToyModel>,
  spec: Parameters<ModelHost<ToyModel>['acquire']>[0],
): string {
  const lease = host.acquire(spec);
  lease.release();
  return lease.model.text;
}
