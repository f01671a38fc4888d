import { setTimeout as sleep } from 'node:timers/promises';
import type { BaseConfiguration } from '../configuration/define-configuration.js';
import type { Security } from '../security/security.js';
import { type RunningServer, startServer } from '../server/start-server.js';
import type { ProgramContext, ProgramDefinition, ProgramParts } from './program-definition.js';

/** Starts a program, serves until it is asked to stop, and stops it in order. */
export async function serve<T extends BaseConfiguration>(
  definition: ProgramDefinition<T>,
  context: ProgramContext<T>,
  security: Security,
): Promise<void> {
  const { configuration, health, lifecycle, logger, telemetry } = context;
  logger.info({ dataDirectory: context.dataDirectory }, 'starting');
  for (const warning of security.warnings) logger.warn(warning);
  const parts = await definition.start(context);
  const { services, adminServices = [] } = parts;
  health.register([...services, ...adminServices].map(({ serviceName }) => serviceName));
  const shared = {
    infrastructure: [health.binding()],
    logger,
    requestLog: configuration.log.requests,
    interceptors: [telemetry.serverInterceptor()],
  };
  const guarded = { ...shared, credentials: security.serverCredentials, authoriser: security.authoriser };
  const server = await startServer({ ...guarded, services, settings: configuration.server });
  const admin = await startServer({
    ...guarded,
    services: adminServices,
    settings: { ...configuration.server, address: configuration.admin.address },
  });
  const probed =
    configuration.health.address === ''
      ? undefined
      : await startServer({
          ...shared,
          // It tells health and nothing else, to probes that have no certificate.
          credentials: 'plaintext',
          services: [],
          reflection: false,
          settings: { ...configuration.server, address: configuration.health.address },
        });
  logger.info({ address: server.address, adminAddress: admin.address }, 'listening');

  await Promise.race([parts.ready, lifecycle.stopRequested()]);
  if (!lifecycle.signal.aborted) {
    health.serveAll();
    lifecycle.enter('serving');
    announce(definition.name, server, admin);
    logger.info('serving');
    await lifecycle.stopRequested();
  }
  await stop(context, parts, [server, admin, ...(probed ? [probed] : [])]);
}

/** One line of JSON on the standard output, for whoever started the program. */
function announce(program: string, server: RunningServer, admin: RunningServer): void {
  const line = { event: 'serving', program, address: server.address, adminAddress: admin.address };
  process.stdout.on('error', () => {}); // whoever started the program may not listen any more
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** The order of {@link runProgram}. The services' port goes first, so that health can be read on the others until then. */
async function stop<T extends BaseConfiguration>(
  { configuration, health, lifecycle, logger }: ProgramContext<T>,
  parts: ProgramParts,
  [server, ...others]: readonly [RunningServer, ...RunningServer[]],
): Promise<void> {
  const { drainDelayMs, shutdownGraceMs } = configuration.server;
  lifecycle.enter('draining');
  health.close();
  await sleep(drainDelayMs);
  await server.stop(shutdownGraceMs);
  for (const other of others) await other.stop(Math.min(shutdownGraceMs, 1000));
  await parts.stop?.();
  await lifecycle.runStopSteps();
  lifecycle.enter('stopped');
  logger.info('stopped');
}
