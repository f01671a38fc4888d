import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Logger } from 'pino';
import { connect } from '../client/connect.js';
import type { BaseConfiguration } from '../configuration/define-configuration.js';
import type { Database } from '../database/database.js';
import { openDatabase } from '../database/open-database.js';
import { Health } from '../health/health.js';
import { systemClock } from '../lifecycle/clock.js';
import type { Lifecycle } from '../lifecycle/lifecycle.js';
import type { ObjectStore } from '../objects/object-store.js';
import { openObjectStore } from '../objects/open-object-store.js';
import type { Security } from '../security/security.js';
import type { Telemetry } from '../telemetry/telemetry.js';
import type { ProgramContext } from './program-definition.js';

/** Makes the context of a program: what it opens is closed by the lifecycle. */
export function openResources<T extends BaseConfiguration>(
  configuration: T,
  options: {
    name: string;
    logger: Logger;
    lifecycle: Lifecycle;
    telemetry: Telemetry;
    security: Security;
  },
): ProgramContext<T> {
  const { name, logger, lifecycle, telemetry, security } = options;
  const dataDirectory = resolve(configuration.data.directory);
  mkdirSync(dataDirectory, { recursive: true });
  let database: Promise<Database> | undefined;
  let objects: ObjectStore | undefined;
  return {
    configuration,
    logger,
    lifecycle,
    telemetry,
    dataDirectory,
    clock: systemClock,
    health: new Health(),
    database() {
      database ??= openDatabase(
        {
          url: configuration.database.url,
          directory: resolve(dataDirectory, 'database'),
          maxConnections: configuration.database.poolSize,
          applicationName: `isthmus-${name}`,
        },
        logger,
      ).then((opened) => {
        lifecycle.onStop('database', () => opened.close());
        return opened;
      });
      return database;
    },
    objects() {
      objects ??= openObjectStore(
        configuration.objects.url || pathToFileURL(resolve(dataDirectory, 'objects')).href,
      );
      return objects;
    },
    connect(clientClass, address, clientOptions = {}) {
      const client = connect(clientClass, address, {
        defaultDeadlineMs: configuration.client.defaultDeadlineMs,
        keepaliveTimeMs: configuration.client.keepaliveTimeMs,
        keepaliveTimeoutMs: configuration.client.keepaliveTimeoutMs,
        maxMessageBytes: configuration.server.maxMessageBytes,
        credentials: security.channelCredentials,
        ...clientOptions,
        interceptors: [
          ...(clientOptions.interceptors ?? []),
          telemetry.clientInterceptor(address.includes(',') ? undefined : address),
        ],
      });
      lifecycle.onStop(`client of ${clientClass.serviceName}`, () => client.close());
      return client;
    },
  };
}
