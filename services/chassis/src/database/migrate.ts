import { createHash } from 'node:crypto';
import type pg from 'pg';
import { runTransaction } from './transaction.js';

/** One step in the life of an area's tables. Never edited once released: a change is a further migration. */
export interface Migration {
  /** 1, 2, 3 … within the area, ascending. */
  readonly version: number;
  /** What it does, for people. */
  readonly name: string;
  /** One or more statements. They run in one transaction with their bookkeeping. */
  readonly sql: string;
}

/** Key of the advisory lock that lets one process migrate at a time. */
const migrationLock = 7_421_001;

const bookkeeping = `CREATE TABLE IF NOT EXISTS schema_migrations (
  area text NOT NULL,
  version integer NOT NULL,
  name text NOT NULL,
  sha256 text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (area, version)
)`;

/**
 * Applies what is missing, all or nothing. Throws an Error where the versions do not ascend, or where a migration that was
 * applied earlier reads differently now. A database that is ahead of the program is accepted: replicas are upgraded one
 * after the other.
 */
export async function migrate(pool: pg.Pool, area: string, migrations: readonly Migration[]): Promise<void> {
  requireAscending(area, migrations);
  await runTransaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [migrationLock]);
    await client.query(bookkeeping);
    const applied = await client.query<{ version: number; sha256: string }>(
      'SELECT version, sha256 FROM schema_migrations WHERE area = $1',
      [area],
    );
    const known = new Map(applied.rows.map((row) => [row.version, row.sha256]));
    for (const migration of migrations) {
      const sha256 = createHash('sha256').update(migration.sql).digest('hex');
      const before = known.get(migration.version);
      if (before === undefined) await apply(client, area, migration, sha256);
      else if (before !== sha256) {
        throw new Error(
          `Migration ${migration.version} of ${area} (${migration.name}) was applied with other statements; write a new migration in place of editing it`,
        );
      }
    }
  });
}

async function apply(
  client: pg.PoolClient,
  area: string,
  migration: Migration,
  sha256: string,
): Promise<void> {
  await client.query(migration.sql);
  await client.query('INSERT INTO schema_migrations (area, version, name, sha256) VALUES ($1, $2, $3, $4)', [
    area,
    migration.version,
    migration.name,
    sha256,
  ]);
}

function requireAscending(area: string, migrations: readonly Migration[]): void {
  migrations.forEach((migration, index) => {
    if (migration.version !== index + 1) {
      throw new Error(
        `Migrations of ${area} are numbered 1, 2, 3 …; found ${migration.version} at place ${index + 1}`,
      );
    }
  });
}
