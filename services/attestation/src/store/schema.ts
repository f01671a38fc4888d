import type { Migration } from '@isthmus/chassis';

/**
 * The tables of the service, in a PostgreSQL schema of their own. Times are Unix milliseconds of the service's clock;
 * digests of objects are hexadecimal text, hashes of the protocol are bytes.
 */
const tables = `
CREATE SCHEMA attestation;

CREATE TABLE attestation.runs (
  id text PRIMARY KEY,
  ordinal bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  state text NOT NULL,
  mode text NOT NULL,
  manifest bytea NOT NULL,
  manifest_digest text NOT NULL UNIQUE,
  prover_key_id text NOT NULL,
  prover_public_key bytea NOT NULL,
  start_signature bytea NOT NULL,
  start_log_index bigint NOT NULL UNIQUE,
  start_checkpoint text NOT NULL,
  nonce bytea NOT NULL UNIQUE,
  seed bytea NOT NULL,
  prior_attempts bigint NOT NULL,
  initial_state_hash bytea,
  chain_head bytea,
  committed_segments integer NOT NULL DEFAULT 0,
  committed_steps bigint NOT NULL DEFAULT 0,
  started_at_ms bigint NOT NULL,
  active_at_ms bigint NOT NULL,
  finish_signature bytea,
  files jsonb,
  model_digest text,
  commit_log_index bigint,
  finished_at_ms bigint,
  decided_at_ms bigint
);
CREATE INDEX runs_of_prover ON attestation.runs (prover_key_id, ordinal DESC);
CREATE INDEX runs_by_state ON attestation.runs (state, active_at_ms);

CREATE TABLE attestation.requests (
  method text NOT NULL,
  request_id text NOT NULL,
  content_sha256 text NOT NULL,
  run_id text NOT NULL REFERENCES attestation.runs,
  PRIMARY KEY (method, request_id)
);

CREATE TABLE attestation.commitments (
  run_id text NOT NULL REFERENCES attestation.runs,
  segment integer NOT NULL,
  state_hash bytea NOT NULL,
  reads_digest bytea NOT NULL,
  chain bytea NOT NULL,
  state_object text,
  steps bigint NOT NULL,
  committed_at_ms bigint NOT NULL,
  PRIMARY KEY (run_id, segment)
);

CREATE TABLE attestation.spans (
  run_id text NOT NULL REFERENCES attestation.runs,
  first_segment integer NOT NULL,
  end_segment integer NOT NULL,
  job_id uuid NOT NULL,
  settled boolean NOT NULL DEFAULT false,
  failure jsonb,
  attempts integer NOT NULL DEFAULT 0,
  last_error text,
  worker text,
  heartbeat_at_ms bigint,
  PRIMARY KEY (run_id, first_segment)
);
CREATE INDEX spans_under_way ON attestation.spans (heartbeat_at_ms) WHERE NOT settled;

CREATE TABLE attestation.replayed_segments (
  run_id text NOT NULL REFERENCES attestation.runs,
  segment integer NOT NULL,
  worker text NOT NULL,
  replayed_at_ms bigint NOT NULL,
  PRIMARY KEY (run_id, segment)
);

CREATE TABLE attestation.verdicts (
  run_id text PRIMARY KEY REFERENCES attestation.runs,
  decision text NOT NULL,
  failure jsonb,
  replayed_segments integer NOT NULL,
  total_segments integer NOT NULL,
  log_index bigint
);

CREATE TABLE attestation.attestations (
  id text PRIMARY KEY,
  ordinal bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  run_id text NOT NULL UNIQUE REFERENCES attestation.runs,
  program_name text NOT NULL,
  program_digest text NOT NULL,
  model_digest text NOT NULL,
  mode text NOT NULL,
  bundle bytea NOT NULL,
  bundle_digest text NOT NULL,
  log_proof text NOT NULL,
  log_index bigint NOT NULL UNIQUE,
  created_at_ms bigint NOT NULL
);
CREATE INDEX attestations_of_model ON attestation.attestations (model_digest, ordinal DESC);

CREATE TABLE attestation.log_entries (
  index bigint PRIMARY KEY,
  kind text NOT NULL,
  time_ms bigint NOT NULL,
  run_id text NOT NULL,
  payload_sha256 text NOT NULL,
  encoded bytea NOT NULL
);

CREATE TABLE attestation.log_nodes (
  level smallint NOT NULL,
  index bigint NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (level, index)
);

CREATE TABLE attestation.log_checkpoints (
  tree_size bigint PRIMARY KEY,
  root_hash bytea NOT NULL,
  note text NOT NULL,
  created_at_ms bigint NOT NULL
);
`;

/** The steps in the life of the tables. */
export const migrations: readonly Migration[] = [
  { version: 1, name: 'runs, replay, attestations and log', sql: tables },
];
