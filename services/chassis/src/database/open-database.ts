import pg from 'pg';
import type { Logger } from 'pino';
import type { Database } from './database.js';
import { type EmbeddedServer, openEmbeddedServer } from './embedded-server.js';
import { migrate } from './migrate.js';
import { NotificationListener } from './notification-listener.js';
import type { ServerBinaries } from './server-binaries.js';
import { runTransaction } from './transaction.js';

/** How to reach the database. */
export interface DatabaseConfiguration {
  /** `postgres://…` of an external server; empty for the embedded one. */
  readonly url: string;
  /** Folder of the embedded server. Programs that name the same folder share one server. */
  readonly directory: string;
  /** Most connections of the pool. Default 8: the embedded server has 64 for all programs together. */
  readonly maxConnections?: number;
  /** What the server's own views call this program. */
  readonly applicationName?: string;
  /** Other server binaries for the embedded server, for example the distribution's. */
  readonly binaries?: ServerBinaries;
}

/** Milliseconds to wait for a connection of the pool. */
const connectionTimeoutMs = 10_000;

/** Opens the database: connects to an external server, or starts the embedded one where it does not run yet. */
export async function openDatabase(configuration: DatabaseConfiguration, logger: Logger): Promise<Database> {
  if (configuration.url !== '') return connectTo(configuration, configuration.url, logger);
  const server = await openEmbeddedServer(configuration.directory, logger, configuration.binaries);
  try {
    return await connectTo(configuration, server.url, logger, server);
  } catch (error) {
    await server.release();
    throw error;
  }
}

async function connectTo(
  configuration: DatabaseConfiguration,
  url: string,
  logger: Logger,
  server?: EmbeddedServer,
): Promise<Database> {
  const settings = connectionSettings(url, configuration.applicationName ?? 'isthmus');
  const pool = new pg.Pool({ ...settings, max: configuration.maxConnections ?? 8 });
  pool.on('error', (error) => logger.warn({ err: error }, 'an idle database connection was lost'));
  const listener = new NotificationListener(() => new pg.Client(settings), logger);
  server?.onMoved((port) => {
    settings.port = port;
    pool.options.port = port;
  });
  await pool.query('SELECT 1').catch(async (error) => {
    await pool.end();
    throw error;
  });
  return {
    pool,
    get url() {
      return server?.url ?? url;
    },
    migrate: (area, migrations) => migrate(pool, area, migrations),
    transaction: (work, options) => runTransaction(pool, work, options),
    listen: (channel, receive) => listener.listen(channel, receive),
    async close() {
      await listener.close();
      await pool.end();
      await server?.release();
    },
  };
}

function connectionSettings(url: string, applicationName: string): pg.ClientConfig {
  const parsed = new URL(url);
  const int8 = 20;
  const types = {
    getTypeParser: ((oid: number, format?: 'text') =>
      oid === int8 && format !== ('binary' as string)
        ? (text: string) => BigInt(text)
        : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
  };
  const shared = {
    application_name: applicationName,
    connectionTimeoutMillis: connectionTimeoutMs,
    keepAlive: true,
    types,
  };
  // A query string may hold TLS settings, which only the driver's own parser knows.
  if (parsed.search !== '') return { ...shared, connectionString: url };
  return {
    ...shared,
    host: parsed.hostname,
    port: parsed.port === '' ? 5432 : Number(parsed.port),
    user: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    database: decodeURIComponent(parsed.pathname.slice(1)),
  };
}
