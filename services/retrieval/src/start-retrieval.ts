import { bindService, openModelHost, type ProgramContext, type ProgramParts } from '@isthmus/chassis';
import { prepareKernels } from '@isthmus/kernels';
import { RepresentationServiceClient } from '@isthmus/proto/isthmus/representation/v1/representation.js';
import { CatalogueServiceService } from '@isthmus/proto/isthmus/retrieval/v1/catalogue.js';
import { RetrievalServiceService } from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import type { RetrievalConfiguration } from './configuration.js';
import { type ServedCounts, serveCounts } from './domain/served-counts.js';
import { type ServedModel, serveModel } from './domain/served-model.js';
import { isCountingModel, openCountingModel } from './model/counting-model.js';
import { openRetrievalModel } from './model/open-retrieval-model.js';
import { batchRetrieve } from './server/batch-retrieve.js';
import { deleteItems } from './server/delete-items.js';
import { getItems } from './server/get-items.js';
import { listItems } from './server/list-items.js';
import { predictInterests } from './server/predict-interests.js';
import { RepresentationGateway } from './server/representation-gateway.js';
import type { RetrievalContext } from './server/retrieval-context.js';
import { retrieve } from './server/retrieve.js';
import { upsertItems } from './server/upsert-items.js';
import { CatalogueDirectory } from './store/catalogue-directory.js';
import { CatalogueFollower } from './store/catalogue-follower.js';
import { CatalogueLog } from './store/catalogue-log.js';
import { catalogueMigrations } from './store/catalogue-migrations.js';

/** Starts the retrieval program: kernels, catalogue log, the registry's models, then the services. */
export async function startRetrieval(program: ProgramContext<RetrievalConfiguration>): Promise<ProgramParts> {
  const { configuration, logger, telemetry } = program;
  await prepareKernels();
  const database = await program.database();
  await database.migrate('catalogue', catalogueMigrations);
  const log = new CatalogueLog(database);
  const follower = new CatalogueFollower(
    log,
    (error) => logger.warn({ err: error }, 'the catalogue log could not be read; trying again'),
    configuration.catalogue.pollMs,
  );
  await follower.start(database);
  const catalogues = new CatalogueDirectory(follower);
  const { host, binding } = await openModelHost<ServedModel | ServedCounts>(program, 'retrieval', {
    open: async (files, identity) =>
      isCountingModel(files)
        ? serveCounts(openCountingModel(files), await catalogues.open(identity.name))
        : serveModel(openRetrievalModel(files), identity.version, await catalogues.open(identity.name)),
    warm: async (served) => {
      if (served.kind === 'counts') served.rank(Uint32Array.of(0), 1, []);
      else served.model.network.encode([{ history: [0] }], { interests: served.model.header.interests });
    },
    close: (served) => served.close(),
  });
  const context: RetrievalContext = { host, log, follower, representation: gateway(program), telemetry };
  return {
    services: [
      bindService(RetrievalServiceService, {
        predictInterests: (request, call) => predictInterests(context, request, call),
        retrieve: (request, call) => retrieve(context, request, call),
        batchRetrieve: (request, call) => batchRetrieve(context, request, call),
      }),
      bindService(CatalogueServiceService, {
        upsertItems: (request, call) => upsertItems(context, request, call),
        deleteItems: (request, call) => deleteItems(context, request, call),
        getItems: (request, call) => getItems(context, request, call),
        listItems: (request, call) => listItems(context, request, call),
      }),
    ],
    adminServices: [binding],
    ready: host.start(configuration.models),
    stop: () => follower.stop(),
  };
}

function gateway({
  configuration,
  connect,
}: ProgramContext<RetrievalConfiguration>): RepresentationGateway | undefined {
  const { address, modelName } = configuration.representation;
  if (address === '') return undefined;
  return new RepresentationGateway(connect(RepresentationServiceClient, address), modelName);
}
