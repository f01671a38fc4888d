import type pg from 'pg';
import type { Database } from '../database/database.js';
import type { Migration } from '../database/migrate.js';
import { failure } from '../errors/isthmus-error.js';
import { ReplicaRoll } from './replica-roll.js';

/** A version of a model, as all replicas see it. */
export interface RegisteredVersion {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the file list. */
  readonly digest: string;
  /** SHA-256 of the attestation bundle; empty for none. */
  readonly bundleDigest: string;
  /** SHA-256 of the proof that the log holds the attestation; empty for none. */
  readonly logProofDigest: string;
  /** Attestation that was verified when the version was registered; empty for none. */
  readonly attestationId: string;
}

/** Everything that is registered of one kind of model. */
export interface RegistryState {
  readonly versions: readonly RegisteredVersion[];
  readonly labels: readonly { readonly name: string; readonly label: string; readonly version: string }[];
}

const channel = 'isthmus_models';

const migrations: readonly Migration[] = [
  {
    version: 1,
    name: 'versions and labels',
    sql: `CREATE TABLE model_versions (
      kind text COLLATE "C" NOT NULL,
      name text COLLATE "C" NOT NULL,
      version text COLLATE "C" NOT NULL,
      digest text NOT NULL,
      bundle_digest text NOT NULL,
      log_proof_digest text NOT NULL,
      attestation_id text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (kind, name, version)
    );
    CREATE TABLE model_labels (
      kind text COLLATE "C" NOT NULL,
      name text COLLATE "C" NOT NULL,
      label text COLLATE "C" NOT NULL,
      version text COLLATE "C" NOT NULL,
      PRIMARY KEY (kind, name, label),
      FOREIGN KEY (kind, name, version) REFERENCES model_versions
    )`,
  },
];

/**
 * The versions and labels of the models of one kind of program, in the database that its replicas share. Every change is
 * notified when it is committed, so that all replicas move together.
 */
export class ModelRegistry {
  readonly #database: Database;
  /** For example `retrieval`. */
  readonly kind: string;
  /** The programs that follow this registry. */
  readonly replicas: ReplicaRoll;

  constructor(database: Database, kind: string) {
    this.#database = database;
    this.kind = kind;
    this.replicas = new ReplicaRoll(database, kind);
  }

  /** Makes the tables. */
  async open(): Promise<void> {
    await this.#database.migrate('models', migrations);
    await this.replicas.open();
  }

  /** What is registered, in order of name and version. */
  async read(): Promise<RegistryState> {
    const versions = await this.#database.pool.query<RegisteredVersion>(
      `SELECT name, version, digest, bundle_digest AS "bundleDigest",
         log_proof_digest AS "logProofDigest", attestation_id AS "attestationId"
       FROM model_versions WHERE kind = $1 ORDER BY name, version`,
      [this.kind],
    );
    const labels = await this.#database.pool.query<{ name: string; label: string; version: string }>(
      'SELECT name, label, version FROM model_labels WHERE kind = $1 ORDER BY name, label',
      [this.kind],
    );
    return { versions: versions.rows, labels: labels.rows };
  }

  /**
   * Registers a version and points labels at it, all or nothing. Registering the same files again is fine.
   * @throws MODEL_VERSION_EXISTS where the version is registered with other files
   */
  async register(version: RegisteredVersion, labels: readonly string[]): Promise<void> {
    await this.#database.transaction(async (client) => {
      const { rows } = await client.query<{ digest: string }>(
        `INSERT INTO model_versions (kind, name, version, digest, bundle_digest, log_proof_digest, attestation_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (kind, name, version) DO UPDATE SET kind = excluded.kind
         RETURNING digest`,
        [
          this.kind,
          version.name,
          version.version,
          version.digest,
          version.bundleDigest,
          version.logProofDigest,
          version.attestationId,
        ],
      );
      if (rows[0]?.digest !== version.digest) throw versionExists(version);
      for (const label of labels) await this.#point(client, version.name, label, version.version);
      await this.#notify(client);
    });
  }

  /**
   * Points a label at a version, inside a transaction of the caller's.
   * @throws MODEL_VERSION_NOT_FOUND where the version is not registered
   */
  async setLabel(client: pg.PoolClient, name: string, label: string, version: string): Promise<void> {
    const found = await client.query(
      'SELECT 1 FROM model_versions WHERE kind = $1 AND name = $2 AND version = $3 FOR SHARE',
      [this.kind, name, version],
    );
    if (found.rowCount === 0) throw versionNotFound(name, version);
    await this.#point(client, name, label, version);
    await this.#notify(client);
  }

  /**
   * Takes a version out, inside a transaction of the caller's.
   * @throws MODEL_VERSION_NOT_FOUND, MODEL_IN_USE where a label points at it
   */
  async unregister(client: pg.PoolClient, name: string, version: string): Promise<void> {
    const found = await client.query(
      'SELECT 1 FROM model_versions WHERE kind = $1 AND name = $2 AND version = $3 FOR UPDATE',
      [this.kind, name, version],
    );
    if (found.rowCount === 0) throw versionNotFound(name, version);
    const labels = await client.query<{ label: string }>(
      'SELECT label FROM model_labels WHERE kind = $1 AND name = $2 AND version = $3 ORDER BY label',
      [this.kind, name, version],
    );
    if (labels.rows.length > 0) {
      const names = labels.rows.map(({ label }) => label).join(', ');
      throw failure('MODEL_IN_USE', `Version ${version} of ${name} carries ${names}. Move the label first.`, {
        metadata: { name, version, labels: names },
      });
    }
    await client.query('DELETE FROM model_versions WHERE kind = $1 AND name = $2 AND version = $3', [
      this.kind,
      name,
      version,
    ]);
    await this.#notify(client);
  }

  /** Calls back after every change, and whenever one may have been missed. Returns a function that ends it. */
  follow(changed: () => void): Promise<() => Promise<void>> {
    return this.#database.listen(channel, (kind) => {
      if (kind === undefined || kind === this.kind) changed();
    });
  }

  async #point(client: pg.PoolClient, name: string, label: string, version: string): Promise<void> {
    await client.query(
      `INSERT INTO model_labels (kind, name, label, version) VALUES ($1, $2, $3, $4)
       ON CONFLICT (kind, name, label) DO UPDATE SET version = excluded.version`,
      [this.kind, name, label, version],
    );
  }

  async #notify(client: pg.PoolClient): Promise<void> {
    await client.query('SELECT pg_notify($1, $2)', [channel, this.kind]);
  }
}

/** The error of a version that is taken by other files. */
export function versionExists({ name, version }: { name: string; version: string }): Error {
  return failure(
    'MODEL_VERSION_EXISTS',
    `Version ${version} of ${name} has other files. Give the new files a new version.`,
    { metadata: { name, version } },
  );
}

/** The error of a version that nobody knows. */
export function versionNotFound(name: string, version: string): Error {
  return failure(
    'MODEL_VERSION_NOT_FOUND',
    `The model ${name} has no version ${version}. Check it against ListModels.`,
    { metadata: { name, version } },
  );
}
