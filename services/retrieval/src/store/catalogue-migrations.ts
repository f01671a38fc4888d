import type { Migration } from '@isthmus/chassis';

/** Tables of the catalogue log. */
export const catalogueMigrations: readonly Migration[] = [
  {
    version: 1,
    name: 'catalogue log',
    sql: `
      CREATE TABLE catalogue_log (
        model_name     text        NOT NULL,
        sequence       bigint      NOT NULL CHECK (sequence > 0),
        kind           text        NOT NULL CHECK (kind IN ('upsert', 'delete')),
        payload        bytea       NOT NULL,
        request_id     text        NOT NULL,
        request_digest bytea       NOT NULL,
        written_at     timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (model_name, sequence),
        UNIQUE (model_name, request_id)
      )`,
  },
];
