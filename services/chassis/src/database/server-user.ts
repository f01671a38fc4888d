import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';

/** The system user that a server process runs as. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

/** What to spawn so that a command runs as the server's user. */
export interface ServerCommand {
  readonly file: string;
  readonly arguments: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * PostgreSQL refuses to run as root. Under root the server runs as the system's user `postgres`, or as `nobody` where
 * there is none; otherwise as ourselves, which is `undefined`.
 */
export function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const fields = users.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (fields) return { name, uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error('PostgreSQL refuses to run as root, and the system has neither a user postgres nor nobody');
}

/**
 * The command as the server's user. A user who may not enter a folder above the binary or above the data (a home of mode
 * 0700, a temporary folder) gets the one capability that lets it pass, by util-linux's `setpriv`.
 * @param folder the data folder, which exists
 */
export function asServerUser(
  user: ServerUser | undefined,
  file: string,
  args: readonly string[],
  folder: string,
): ServerCommand {
  if (!user) return { file, arguments: args };
  if (isReachable(file, user) && isReachable(folder, user)) {
    return { file, arguments: args, uid: user.uid, gid: user.gid };
  }
  const setpriv = findOnPath('setpriv');
  const capability = passingCapability();
  if (setpriv === undefined || capability === undefined) {
    throw new Error(
      `The system user ${user.name}, as whom PostgreSQL runs under root, may not enter ${folder}: choose a --data.directory whose parents everybody may enter, or name an external server with --database.url`,
    );
  }
  const privileges = [
    `--reuid=${user.uid}`,
    `--regid=${user.gid}`,
    '--clear-groups',
    // access(2) forgets capabilities of other users than root unless told not to, and initdb asks it whether postgres is there.
    '--securebits=+no_setuid_fixup',
    `--inh-caps=+${capability}`,
    `--ambient-caps=+${capability}`,
  ];
  return { file: setpriv, arguments: [...privileges, file, ...args] };
}

/** Whether the user may enter every folder above the path. */
function isReachable(path: string, user: ServerUser): boolean {
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const needed = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & needed) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** The weakest capability of this process that passes folder permissions; containers often keep only the second. */
function passingCapability(): string | undefined {
  const held = /^CapBnd:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  const bits = BigInt(`0x${held ?? '0'}`);
  if ((bits & 4n) !== 0n) return 'dac_read_search';
  return (bits & 2n) !== 0n ? 'dac_override' : undefined;
}

function findOnPath(program: string): string | undefined {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return join(folder, program);
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}
