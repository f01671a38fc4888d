import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ServerBinaries } from './server-binaries.js';
import { asServerUser, type ServerUser } from './server-user.js';

/** The files of an embedded server. */
export interface Cluster {
  /** PostgreSQL's own data folder. */
  readonly dataFolder: string;
  /** What the server wrote to its log. */
  readonly logFile: string;
  /** Where the last port is remembered. */
  readonly portFile: string;
  /** Password of {@link clusterUser}. */
  readonly password: string;
}

/** The role that owns an embedded cluster. */
export const clusterUser = 'isthmus';

/**
 * Makes the cluster of a folder where there is none. It is built beside the folder and renamed into place, password
 * included: of several programs that start at once one wins, the others throw theirs away, and a crash half-way leaves
 * nothing that looks finished.
 */
export async function ensureCluster(
  folder: string,
  binaries: ServerBinaries,
  user: ServerUser | undefined,
): Promise<Cluster> {
  if (!(await exists(join(folder, 'data', 'PG_VERSION')))) await createCluster(folder, binaries, user);
  return {
    dataFolder: join(folder, 'data'),
    logFile: join(folder, 'server.log'),
    portFile: join(folder, 'port'),
    password: await readPassword(join(folder, 'password')),
  };
}

async function createCluster(
  folder: string,
  binaries: ServerBinaries,
  user: ServerUser | undefined,
): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const draft = await mkdtemp(`${folder}.new-`);
  try {
    const passwordFile = join(draft, 'password');
    await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
    await mkdir(join(draft, 'data'), { mode: 0o700 });
    if (user) {
      for (const path of [draft, passwordFile, join(draft, 'data')]) await chown(path, user.uid, user.gid);
    }
    await initialise(draft, passwordFile, binaries, user);
    await rename(draft, folder).catch((error: NodeJS.ErrnoException) => {
      // Another program was quicker.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function initialise(
  draft: string,
  passwordFile: string,
  binaries: ServerBinaries,
  user: ServerUser | undefined,
): Promise<void> {
  const data = join(draft, 'data');
  const args = [
    `--pgdata=${data}`,
    `--username=${clusterUser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--no-locale',
  ];
  const command = asServerUser(user, binaries.initdb, args, data);
  const ids = command.uid === undefined ? {} : { uid: command.uid, gid: command.gid as number };
  const output = await new Promise<string | undefined>((resolve, reject) => {
    const child = spawn(command.file, command.arguments, { cwd: '/', env: serverEnvironment(), ...ids });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.stderr.on('data', (chunk) => {
      text += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve(code === 0 ? undefined : text));
  });
  if (output !== undefined)
    throw new Error(`The embedded PostgreSQL could not be initialised: ${output.trim()}`);
}

/** Environment of server processes: nothing of ours that could change how PostgreSQL behaves. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}

async function readPassword(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    throw new Error(
      `The embedded database's password in ${file} cannot be read: start as the user who made it`,
      {
        cause,
      },
    );
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
