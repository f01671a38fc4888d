import { spawn } from 'node:child_process';
import { open, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, serverEnvironment } from './cluster.js';
import type { ServerBinaries } from './server-binaries.js';
import { serverArguments } from './server-settings.js';
import { asServerUser, type ServerUser } from './server-user.js';

/** A server that says it runs. */
export interface RunningServer {
  readonly pid: number;
  readonly port: number;
}

/** What PostgreSQL's own `postmaster.pid` says; undefined where there is none or where its process is gone. */
export async function runningServer(cluster: Cluster): Promise<RunningServer | undefined> {
  const lines = (await readFile(pidFile(cluster), 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0 || !Number.isInteger(port) || port <= 0) return undefined;
  return isAlive(pid) ? { pid, port } : undefined;
}

/**
 * Starts a server that outlives this process, and returns once `postmaster.pid` says ready. Where another program starts
 * the same cluster at the same time, PostgreSQL lets one through and this one throws: look again.
 */
export async function launchServer(
  cluster: Cluster,
  binaries: ServerBinaries,
  user: ServerUser | undefined,
): Promise<void> {
  const port = await freePort(Number(await readFile(cluster.portFile, 'utf8').catch(() => '0')));
  const log = await open(cluster.logFile, 'a', 0o600);
  const command = asServerUser(
    user,
    binaries.postgres,
    serverArguments(cluster.dataFolder, port),
    cluster.dataFolder,
  );
  const ids = command.uid === undefined ? {} : { uid: command.uid, gid: command.gid as number };
  const child = spawn(command.file, command.arguments, {
    cwd: '/',
    env: serverEnvironment(),
    // A process group of its own: an interrupt from the terminal is for the programs, which stop the server last.
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    ...ids,
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`it ended with ${code ?? signal}`));
  });
  await log.close();
  const reason = await Promise.race([ended, waitUntilReady(cluster, child.pid ?? 0, ended)]);
  if (typeof reason === 'string')
    throw new Error(`PostgreSQL did not start: ${reason}; see ${cluster.logFile}`);
  child.unref();
  await writeFile(cluster.portFile, String(port), { mode: 0o600 });
}

/** Fast shutdown: connections are ended, a checkpoint is written. Returns when the server is gone. */
export async function stopServer(cluster: Cluster, timeoutMs: number): Promise<void> {
  const running = await runningServer(cluster);
  if (!running) return;
  process.kill(running.pid, 'SIGINT');
  const startedAt = performance.now();
  while ((await runningServer(cluster))?.pid === running.pid) {
    if (performance.now() - startedAt > timeoutMs) throw new Error('The embedded PostgreSQL does not stop');
    await sleep(10);
  }
}

async function waitUntilReady(cluster: Cluster, pid: number, ended: Promise<string>): Promise<true> {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  while (!over) {
    const lines = (await readFile(pidFile(cluster), 'utf8').catch(() => '')).split('\n');
    if (Number(lines[0]) === pid && lines[7]?.trim() === 'ready') return true;
    await sleep(10);
  }
  return new Promise(() => undefined);
}

/** The wanted port where it is free, any free one otherwise. */
async function freePort(wanted: number): Promise<number> {
  return (await tryPort(wanted)) ?? (await tryPort(0)) ?? 0;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function pidFile(cluster: Cluster): string {
  return join(cluster.dataFolder, 'postmaster.pid');
}
