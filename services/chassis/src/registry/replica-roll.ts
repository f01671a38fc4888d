import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Database } from '../database/database.js';
import type { Migration } from '../database/migrate.js';

const migrations: readonly Migration[] = [
  {
    version: 1,
    name: 'replicas and their models',
    sql: `CREATE TABLE model_replicas (
      kind text COLLATE "C" NOT NULL,
      id text COLLATE "C" NOT NULL,
      host text COLLATE "C" NOT NULL,
      versions jsonb NOT NULL,
      seen_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (kind, id)
    )`,
  },
];

/** Silence after which a replica counts as gone: four of the beats that a host makes by default. */
const silence = '20 seconds';

/** A version as a replica has it. */
export interface ReplicaVersion {
  readonly name: string;
  readonly version: string;
  /** Number of the contract's `ModelState`. */
  readonly state: number;
  /** Sorted. */
  readonly labels: readonly string[];
  readonly failure: string;
  readonly failureReason: string;
}

/** A replica that is alive. */
export interface Replica {
  readonly id: string;
  readonly host: string;
  readonly versions: readonly ReplicaVersion[];
  readonly seenAtMs: number;
}

/**
 * Who serves the models of a kind: each replica writes down what it has, again and again, so that whoever asks one of them
 * learns of all.
 */
export class ReplicaRoll {
  /** Of this process. */
  readonly id = randomUUID();
  /** Of this process: name of its machine or pod. */
  readonly host = hostname();
  readonly #database: Database;
  readonly #kind: string;

  constructor(database: Database, kind: string) {
    this.#database = database;
    this.#kind = kind;
  }

  /** Makes the table. */
  async open(): Promise<void> {
    await this.#database.migrate('model-replicas', migrations);
  }

  /** Writes down what this replica has, and strikes off who has been silent for an hour. */
  async write(versions: readonly ReplicaVersion[]): Promise<void> {
    await this.#database.pool.query(
      `INSERT INTO model_replicas (kind, id, host, versions) VALUES ($1, $2, $3, $4)
       ON CONFLICT (kind, id) DO UPDATE SET versions = excluded.versions, seen_at = now()`,
      [this.#kind, this.id, this.host, JSON.stringify(versions)],
    );
    await this.#database.pool.query(
      `DELETE FROM model_replicas WHERE kind = $1 AND seen_at < now() - interval '1 hour'`,
      [this.#kind],
    );
  }

  /** Strikes this replica off. */
  async leave(): Promise<void> {
    await this.#database.pool.query('DELETE FROM model_replicas WHERE kind = $1 AND id = $2', [
      this.#kind,
      this.id,
    ]);
  }

  /** The replicas that are alive, in order of host and id. */
  async read(): Promise<Replica[]> {
    const { rows } = await this.#database.pool.query<Omit<Replica, 'seenAtMs'> & { seenAt: Date }>(
      `SELECT id, host, versions, seen_at AS "seenAt" FROM model_replicas
       WHERE kind = $1 AND seen_at > now() - interval '${silence}' ORDER BY host, id`,
      [this.#kind],
    );
    return rows.map(({ seenAt, ...replica }) => ({ ...replica, seenAtMs: seenAt.getTime() }));
  }
}
