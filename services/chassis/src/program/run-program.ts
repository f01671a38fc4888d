import { ConfigurationError } from '../configuration/configuration-error.js';
import type { BaseConfiguration } from '../configuration/define-configuration.js';
import { type ConfigurationReading, readConfiguration } from '../configuration/load-configuration.js';
import { Lifecycle } from '../lifecycle/lifecycle.js';
import { watchSignals } from '../lifecycle/watch-signals.js';
import { createLogger } from '../logging/create-logger.js';
import { openSecurity } from '../security/security.js';
import { startTelemetry } from '../telemetry/start-telemetry.js';
import { openResources } from './open-resources.js';
import type { ProgramDefinition } from './program-definition.js';
import { serve } from './serve.js';

/** Exit code of a program whose configuration is wrong. */
const exitConfiguration = 2;

/**
 * Runs a program from its command line to its exit; the process ends with it. Exit codes: 0 after an orderly stop, 1
 * after a failure, 2 for a wrong configuration, 130 and 143 after a second SIGINT or SIGTERM.
 *
 * The order of a stop: health says NOT_SERVING; `server.drainDelayMs` pass; new calls are refused and response
 * streams end with DRAINING; the other calls may finish within `server.shutdownGraceMs`; `ProgramParts.stop`; clients,
 * stores and the database close; telemetry is flushed; exit.
 */
export async function runProgram<T extends BaseConfiguration>(
  definition: ProgramDefinition<T>,
): Promise<void> {
  const reading = readOrExit(definition);
  if (reading.kind === 'print') {
    process.stdout.write(reading.text);
    return;
  }
  const { configuration } = reading;
  const security = orExit(definition.name, () => openSecurity(definition.name, configuration, Date.now()));
  const telemetry = startTelemetry({ serviceName: definition.name, ...configuration.telemetry });
  const logger = createLogger({
    program: definition.name,
    level: configuration.log.level,
    copy: telemetry.logStream(),
  });
  const lifecycle = new Lifecycle(logger);
  watchSignals(lifecycle, logger);
  try {
    await serve(
      definition,
      openResources(configuration, { name: definition.name, logger, lifecycle, telemetry, security }),
      security,
    );
    await telemetry.shutdown();
    process.exit(0);
  } catch (error) {
    logger.fatal(
      { err: error },
      `the program cannot go on: ${error instanceof Error ? error.message : String(error)}`,
    );
    await lifecycle.runStopSteps();
    await telemetry.shutdown();
    process.exit(1);
  }
}

function readOrExit<T extends BaseConfiguration>({
  name,
  configuration,
}: ProgramDefinition<T>): ConfigurationReading<T> {
  const sources = { argv: process.argv.slice(2), env: process.env, programName: name };
  return orExit(name, () => readConfiguration(configuration, sources));
}

/** Ends the process where the configuration is wrong. */
function orExit<Result>(name: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`${error.message}\nRun ${name} --help for all options.\n`);
    process.exit(exitConfiguration);
  }
}
