import { join } from 'node:path';
import type { ProgramContext, ProgramParts } from '@isthmus/chassis';
import { AllowedPrograms } from './allowed-programs.js';
import type { AttestationContext } from './attestation-context.js';
import type { AttestationConfiguration } from './configuration.js';
import { openServiceKeys, writeTrust } from './keys/service-keys.js';
import { beginLog } from './log/newest-checkpoint.js';
import { TileWriter } from './log/tile-writer.js';
import { ReplayQueue } from './replay/replay-queue.js';
import { ReplayUpkeep } from './replay/replay-upkeep.js';
import { startWorkers } from './replay/start-workers.js';
import { RunChanges } from './runs/run-changes.js';
import { bindServices } from './server/bind-services.js';
import { migrations } from './store/schema.js';

/** Heartbeats that a worker may miss. */
const missedBeats = 5;

/** Starts the attestation program: keys, tables, log, workers, services. */
export async function startAttestation(
  program: ProgramContext<AttestationConfiguration>,
): Promise<ProgramParts> {
  const { configuration, clock, logger, dataDirectory, telemetry } = program;
  const keys = await openServiceKeys({
    directory: dataDirectory,
    ...configuration.keys,
    logOrigin: configuration.transparencyLog.origin,
  });
  const trustFile = await writeTrust(dataDirectory, keys);
  const { allow, directories } = configuration.programs;
  const programs = await AllowedPrograms.open(allow, directories, clock);
  const database = await program.database();
  await database.migrate('attestation', migrations);
  await database.transaction((transaction) => beginLog(transaction, keys.logSigner, clock.now()));
  const queue = await ReplayQueue.open(database, configuration.replay.deadlineMs, (error) =>
    logger.warn({ err: error }, 'the queue of replays reports an error'),
  );
  const changes = await RunChanges.open(database);
  const context: AttestationContext = {
    database,
    objects: program.objects(),
    clock,
    telemetry,
    queue,
    changes,
    limits: configuration.limits,
    programs,
    ...keys,
    verifierId: configuration.verifier.id,
    spanSegments: configuration.replay.spanSegments,
  };
  const upkeep = new ReplayUpkeep(context, logger, {
    intervalMs: configuration.replay.heartbeatMs,
    silenceMs: configuration.replay.heartbeatMs * missedBeats,
  });
  await upkeep.start();
  const tiles = new TileWriter(
    context,
    configuration.transparencyLog.directory || join(dataDirectory, 'log'),
    logger,
  );
  tiles.start();
  const workers = await startWorkers(program, queue);
  logger.info({ trustFile, workers: workers.count }, 'attestation is ready');
  return {
    services: bindServices(context),
    stop: async () => {
      await workers.stop();
      await upkeep.stop();
      await tiles.stop();
      await changes.close();
      await queue.close();
    },
  };
}
