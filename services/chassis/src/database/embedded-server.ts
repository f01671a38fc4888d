import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import { type Cluster, clusterUser, ensureCluster } from './cluster.js';
import { installedBinaries, type ServerBinaries } from './server-binaries.js';
import { launchServer, runningServer, stopServer } from './server-process.js';
import { serverUser } from './server-user.js';

/** A program's share in an embedded server. */
export interface EmbeddedServer {
  /** Where the server listens now, password included. */
  readonly url: string;
  /** Calls back when the server had to be started again on another port. */
  onMoved(callback: (port: number) => void): void;
  /** Gives the share back. The last program to do so stops the server. */
  release(): Promise<void>;
}

/** Longest wait for a server that starts, recovers or stops. */
const patienceMs = 60_000;

/** Held shared by every program that uses the server, and exclusively by the one that stops it. */
const presenceLock = 7_421_000;

const databaseName = 'isthmus';

/**
 * Opens the embedded server of a folder: makes it, starts it, or joins the one that another program started.
 *
 * There is no lock file that a kill could leave behind. Who uses the server holds a shared advisory lock over a connection
 * of its own, which the kernel closes with the process; who leaves tries to take it exclusively, and stops the server where
 * that succeeds. Who arrives while it stops waits for the lock, loses the connection, and starts the server again.
 */
export async function openEmbeddedServer(
  folder: string,
  logger: Logger,
  binaries: ServerBinaries = installedBinaries(),
): Promise<EmbeddedServer> {
  const share = new Share(folder, logger, binaries);
  await share.open();
  return share;
}

class Share implements EmbeddedServer {
  readonly #folder: string;
  readonly #logger: Logger;
  readonly #binaries: ServerBinaries;
  readonly #callbacks: ((port: number) => void)[] = [];
  #presence: pg.Client | undefined;
  #cluster: Cluster | undefined;
  #port = 0;
  #released = false;

  constructor(folder: string, logger: Logger, binaries: ServerBinaries) {
    this.#folder = folder;
    this.#logger = logger;
    this.#binaries = binaries;
  }

  get url(): string {
    return `postgres://${clusterUser}:${this.#cluster?.password}@127.0.0.1:${this.#port}/${databaseName}`;
  }

  onMoved(callback: (port: number) => void): void {
    this.#callbacks.push(callback);
  }

  async open(): Promise<void> {
    const user = serverUser();
    const cluster = await ensureCluster(this.#folder, this.#binaries, user);
    this.#cluster = cluster;
    const startedAt = performance.now();
    let reason: unknown;
    while (performance.now() - startedAt < patienceMs) {
      const running = await runningServer(cluster);
      try {
        if (running) {
          await this.#join(cluster.password, running.port);
          return;
        }
        await launchServer(cluster, this.#binaries, user);
      } catch (error) {
        reason = error;
        if (isFinal(error)) break;
        // Starting, stopping, or gone between the look and the knock: look again.
        if (running && isRefused(error))
          await launchServer(cluster, this.#binaries, user).catch(() => undefined);
        await sleep(30);
      }
    }
    throw new Error(`The embedded PostgreSQL does not start; its log is ${cluster.logFile}`, {
      cause: reason,
    });
  }

  async release(): Promise<void> {
    this.#released = true;
    const presence = this.#presence;
    if (!presence || !this.#cluster) return;
    try {
      await presence.query('SELECT pg_advisory_unlock_shared($1)', [presenceLock]);
      const { rows } = await presence.query('SELECT pg_try_advisory_lock($1) AS alone', [presenceLock]);
      if (rows[0]?.alone === true) await stopServer(this.#cluster, patienceMs);
    } catch (error) {
      this.#logger.debug({ err: error }, 'the embedded database was gone before it was released');
    } finally {
      await presence.end().catch(() => undefined);
    }
  }

  /** Connects and takes the presence lock, which waits while the server is being stopped. */
  async #join(password: string, port: number): Promise<void> {
    const connection = { host: '127.0.0.1', port, user: clusterUser, password, application_name: 'presence' };
    const presence = new pg.Client({ ...connection, database: databaseName, keepAlive: true });
    let joined = false;
    presence.on('error', () => undefined);
    presence.on('end', () => {
      if (joined && !this.#released) void this.#returnToServer();
    });
    try {
      await presence.connect().catch(async (error) => {
        if ((error as { code?: string }).code === '3D000') await createDatabase(connection);
        throw error;
      });
      await presence.query('SELECT pg_advisory_lock_shared($1)', [presenceLock]);
    } catch (error) {
      await presence.end().catch(() => undefined);
      throw error;
    }
    joined = true;
    this.#presence = presence;
    const moved = this.#port !== 0 && this.#port !== port;
    this.#port = port;
    if (moved) for (const callback of this.#callbacks) callback(port);
  }

  /** The server went away under us: whoever notices first starts it again. */
  async #returnToServer(): Promise<void> {
    this.#logger.warn('the embedded database went away; it is started again');
    try {
      await this.open();
      // Released while it was on its way: nobody else would give this share back.
      if (this.#released) await this.release();
    } catch (error) {
      this.#logger.error({ err: error }, 'the embedded database cannot be started again');
    }
  }
}

async function createDatabase(connection: pg.ClientConfig): Promise<void> {
  const client = new pg.Client({ ...connection, database: 'postgres' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(`CREATE DATABASE ${databaseName}`);
  } catch (error) {
    // duplicate_database, or its unique index: another program was quicker.
    const state = (error as { code?: string }).code;
    if (state !== '42P04' && state !== '23505') throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** invalid_password and invalid_authorization_specification: waiting does not help. */
function isFinal(error: unknown): boolean {
  const state = (error as { code?: string }).code;
  return state === '28P01' || state === '28000';
}

function isRefused(error: unknown): boolean {
  return (error as { code?: string }).code === 'ECONNREFUSED';
}
