import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { Database } from './database.js';
import type { Migration } from './migrate.js';
import { openDatabase } from './open-database.js';
import { binariesIn, installedBinaries, type ServerBinaries } from './server-binaries.js';

const logger = pino({ level: 'silent' });
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isthmus-database-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 4500; attempt++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('what was waited for did not happen');
}

const first: Migration = {
  version: 1,
  name: 'things',
  sql: 'CREATE TABLE things (id bigint PRIMARY KEY, n int)',
};
const second: Migration = { version: 2, name: 'a thing', sql: 'INSERT INTO things VALUES (1, 10)' };

/** What the database has to do whichever server is behind it. */
function conformance(open: () => Database): void {
  it('applies each migration once, also when several programs start together', async () => {
    const database = open();
    await Promise.all([1, 2, 3].map(() => database.migrate('conformance', [first])));
    await database.migrate('conformance', [first, second]);
    await database.migrate('conformance', [first, second]);
    const { rows } = await database.pool.query('SELECT id, n FROM things');
    expect(rows).toEqual([{ id: 1n, n: 10 }]);
  });

  it('refuses a migration that was edited, and one out of order', async () => {
    const database = open();
    const edited = { ...first, sql: `${first.sql} ` };
    await expect(database.migrate('conformance', [edited, second])).rejects.toThrow(/write a new migration/);
    await expect(database.migrate('conformance', [second, first])).rejects.toThrow(/numbered/);
  });

  it('undoes a migration that fails, bookkeeping included', async () => {
    const database = open();
    const broken = { version: 1, name: 'broken', sql: 'CREATE TABLE half (id int); SELECT 1 / 0' };
    await expect(database.migrate('broken', [broken])).rejects.toThrow(/division by zero/);
    const { rows } = await database.pool.query(`SELECT to_regclass('half') AS half`);
    expect(rows).toEqual([{ half: null }]);
  });

  it('rolls a transaction back when it throws', async () => {
    const database = open();
    const attempt = database.transaction(async (client) => {
      await client.query('INSERT INTO things VALUES (2, 0)');
      throw new Error('changed my mind');
    });
    await expect(attempt).rejects.toThrow('changed my mind');
    const { rows } = await database.pool.query('SELECT count(*) AS count FROM things WHERE id = 2');
    expect(rows).toEqual([{ count: 0n }]);
  });

  it('repeats a transaction that lost against another one', async () => {
    const database = open();
    await database.pool.query('UPDATE things SET n = 0 WHERE id = 1');
    let attempts = 0;
    const add = () =>
      database.transaction(
        async (client) => {
          attempts++;
          const { rows } = await client.query('SELECT n FROM things WHERE id = 1');
          await client.query('UPDATE things SET n = $1 WHERE id = 1', [rows[0].n + 1]);
        },
        { isolation: 'SERIALIZABLE', attempts: 50 },
      );
    await Promise.all(Array.from({ length: 6 }, add));
    const { rows } = await database.pool.query('SELECT n FROM things WHERE id = 1');
    expect(rows).toEqual([{ n: 6 }]);
    expect(attempts).toBeGreaterThan(6);
  });

  it('delivers notifications, and says so when some may have been missed', async () => {
    const database = open();
    const received: (string | undefined)[] = [];
    const stop = await database.listen('news', (payload) => received.push(payload));
    await database.pool.query(`SELECT pg_notify('news', 'hello')`);
    await until(() => received.length === 1);
    await database.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'`,
    );
    await until(() => received.length === 2);
    await database.pool.query(`SELECT pg_notify('news', 'again')`);
    await until(() => received.length === 3);
    expect(received).toEqual(['hello', undefined, 'again']);
    await stop();
    await database.pool.query(`SELECT pg_notify('news', 'unheard')`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(received).toHaveLength(3);
  });

  it('survives that the server ends its connections', async () => {
    const database = open();
    await database.pool.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()',
    );
    await until(() =>
      database.pool.query('SELECT 1').then(
        () => true,
        () => false,
      ),
    );
  });
}

/** Runs one suite against a cluster of the given binaries, first as the embedded server, then over its URL. */
function against(name: string, binaries: ServerBinaries): void {
  let embedded: Database;
  let external: Database;
  beforeAll(async () => {
    embedded = await openDatabase({ url: '', directory: join(folder, name), binaries }, logger);
    await embedded.pool.query('CREATE DATABASE external');
    const url = embedded.url.replace(/isthmus$/, 'external');
    external = await openDatabase({ url, directory: '' }, logger);
  });
  afterAll(async () => {
    await external?.close();
    await embedded?.close();
  });
  describe('embedded', () => conformance(() => embedded));
  describe('by its URL', () => conformance(() => external));
}

describe('PostgreSQL of npm', () => against('npm', installedBinaries()));

const debian = binariesIn('/usr/lib/postgresql/15/bin');
if (existsSync(debian.initdb)) describe('PostgreSQL 15 of Debian', () => against('debian', debian));
else it.skip('PostgreSQL 15 of Debian (skipped: postgresql-15 is not installed)', () => undefined);

describe('the embedded server', () => {
  const open = (directory: string, changes = {}) => openDatabase({ url: '', directory, ...changes }, logger);
  const serverPid = async (directory: string) =>
    Number((await readFile(join(directory, 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]);
  const runs = (directory: string) => existsSync(join(directory, 'data', 'postmaster.pid'));

  it('is made once and shared when several programs open it at the same time, and stops with the last', async () => {
    const directory = join(folder, 'shared');
    const databases = await Promise.all([open(directory), open(directory), open(directory)]);
    expect(new Set(databases.map((database) => database.url)).size).toBe(1);
    expect((await readdir(folder)).filter((name) => name.startsWith('shared.'))).toEqual([]);
    await databases[0]?.pool.query('CREATE TABLE kept (id int)');
    await databases[0]?.close();
    expect(runs(directory)).toBe(true);
    await Promise.all([databases[1]?.close(), databases[2]?.close()]);
    expect(runs(directory)).toBe(false);

    const again = await open(directory);
    await again.pool.query('INSERT INTO kept VALUES (1)');
    await again.close();
  });

  it('opens while another program is stopping it', async () => {
    const directory = join(folder, 'shared');
    for (let round = 0; round < 3; round++) {
      const leaving = await open(directory);
      const [, arriving] = await Promise.all([leaving.close(), open(directory)]);
      await arriving?.pool.query('INSERT INTO kept VALUES (2)');
      await arriving?.close();
    }
    expect(runs(directory)).toBe(false);
  });

  it('keeps the password to its owner', async () => {
    const { mode } = await stat(join(folder, 'shared', 'password'));
    expect(mode & 0o077).toBe(0);
  });

  it('comes back by itself, with what was committed, after the server was killed', async () => {
    const directory = join(folder, 'shared');
    const database = await open(directory);
    await database.pool.query('INSERT INTO kept VALUES (7)');
    const received: (string | undefined)[] = [];
    await database.listen('news', (payload) => received.push(payload));
    const killed = await serverPid(directory);
    process.kill(killed, 'SIGKILL');
    await until(async () => (await serverPid(directory).catch(() => killed)) !== killed);
    const read = () =>
      database.pool.query('SELECT id FROM kept WHERE id = 7').then(
        ({ rows }) => rows,
        () => undefined,
      );
    await until(async () => (await read()) !== undefined);
    expect(await read()).toEqual([{ id: 7 }]);
    await until(() => received.length === 1);
    await database.close();
    expect(runs(directory)).toBe(false);
  });

  it('is found again after the program that started it was killed', async () => {
    const directory = join(folder, 'shared');
    const launcher = spawn(process.execPath, ['--input-type=module', '-e', orphaningProgram(directory)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => launcher.stdout.once('data', resolve));
    const pid = await serverPid(directory);
    launcher.kill('SIGKILL');
    await new Promise((resolve) => launcher.once('exit', resolve));
    const heir = await open(directory);
    expect(await serverPid(directory)).toBe(pid);
    await heir.close();
    expect(runs(directory)).toBe(false);
  });
});

/** Another process that opens the embedded server and is killed before it closes it. */
function orphaningProgram(directory: string): string {
  return `
    import { pino } from 'pino';
    import { openDatabase } from '@isthmus/chassis';
    await openDatabase({ url: '', directory: ${JSON.stringify(directory)} }, pino({ level: 'silent' }));
    console.log('open');
    setInterval(() => {}, 1000);
  `;
}
