import type { FileEntry } from '@isthmus/proof';
import type { ProofMode, Run, RunReport } from '../domain/run.js';
import type { RunState } from '../domain/run-state.js';
import type { Failure, Verdict } from '../domain/verdict.js';
import { optional, type Queryable, queryRow, toBigInt, toBytes } from './queryable.js';

/** What is written when a run is announced. */
export type NewRun = Omit<
  Run,
  | 'state'
  | 'initialStateHash'
  | 'chainHead'
  | 'committedSegments'
  | 'committedSteps'
  | 'activeAtMs'
  | 'end'
  | 'decidedAtMs'
> & { readonly startSignature: Uint8Array };

/** Writes an announced run. */
export async function insertRun(on: Queryable, run: NewRun): Promise<void> {
  await on.query(
    `INSERT INTO attestation.runs (id, state, mode, manifest, manifest_digest, prover_key_id, prover_public_key,
       start_signature, start_log_index, start_checkpoint, nonce, seed, prior_attempts, started_at_ms, active_at_ms)
     VALUES ($1, 'TRAINING', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)`,
    [
      run.id,
      run.mode,
      run.manifest,
      run.manifestDigest,
      run.proverKeyId,
      run.proverPublicKey,
      run.startSignature,
      run.startLogIndex,
      run.startCheckpoint,
      run.nonce,
      run.seed,
      run.priorAttempts,
      run.startedAtMs,
    ],
  );
}

/** Whether a text can be the id of a run. What comes from a caller may hold what the database takes for no text. */
export function isRunId(id: string): boolean {
  return /^[0-9a-f]{32}$/.test(id);
}

/** A run, or undefined. With `lock`, no other transaction changes it before this one ends. */
export async function findRun(on: Queryable, id: string, lock = false): Promise<Run | undefined> {
  if (!isRunId(id)) return undefined;
  const row = await queryRow(on, `SELECT * FROM attestation.runs WHERE id = $1${lock ? ' FOR UPDATE' : ''}`, [
    id,
  ]);
  return row && runOf(row);
}

/** Number of runs of a prover, and of those that are not final. */
export async function countRuns(
  on: Queryable,
  proverKeyId: string,
): Promise<{ readonly all: bigint; readonly open: number }> {
  const row = await queryRow(
    on,
    `SELECT count(*) AS all, count(*) FILTER (WHERE state IN ('TRAINING', 'COMMITTED', 'REPLAYING')) AS open
     FROM attestation.runs WHERE prover_key_id = $1`,
    [proverKeyId],
  );
  return { all: toBigInt(row?.all ?? 0), open: Number(row?.open ?? 0) };
}

/** Whether a manifest was announced before, in any run. */
export async function hasManifest(on: Queryable, manifestDigest: string): Promise<boolean> {
  return (
    (await queryRow(on, 'SELECT 1 AS found FROM attestation.runs WHERE manifest_digest = $1', [
      manifestDigest,
    ])) !== undefined
  );
}

/** Moves a run to another state. */
export async function setRunState(on: Queryable, id: string, state: RunState, atMs: number): Promise<void> {
  const final = state !== 'COMMITTED' && state !== 'REPLAYING' && state !== 'TRAINING';
  await on.query(
    `UPDATE attestation.runs SET state = $2, active_at_ms = $3::bigint, decided_at_ms = CASE WHEN $4::boolean THEN $3::bigint END WHERE id = $1`,
    [id, state, atMs, final],
  );
}

/** Writes what the prover said at the end, and moves the run to `COMMITTED`. */
export async function writeRunEnd(
  on: Queryable,
  id: string,
  end: {
    files: readonly FileEntry[];
    modelDigest: string;
    logIndex: bigint;
    signature: Uint8Array;
    atMs: number;
  },
): Promise<void> {
  await on.query(
    `UPDATE attestation.runs SET state = 'COMMITTED', files = $2, model_digest = $3, commit_log_index = $4,
       finish_signature = $5, finished_at_ms = $6, active_at_ms = $6 WHERE id = $1`,
    [id, JSON.stringify(end.files), end.modelDigest, end.logIndex, end.signature, end.atMs],
  );
}

/** Runs that are in one of the states and have not changed since `beforeMs`. */
export async function listIdleRuns(
  on: Queryable,
  states: readonly RunState[],
  beforeMs: number,
): Promise<string[]> {
  const { rows } = await on.query(
    'SELECT id FROM attestation.runs WHERE state = ANY($1) AND active_at_ms <= $2 ORDER BY ordinal',
    [states, beforeMs],
  );
  return rows.map((row) => row.id as string);
}

const reportColumns = `r.*, v.decision, v.failure, v.total_segments,
  coalesce(v.replayed_segments, (SELECT count(*) FROM attestation.replayed_segments s WHERE s.run_id = r.id)) AS replayed,
  a.id AS attestation_id`;
const reportTables = `attestation.runs r
  LEFT JOIN attestation.verdicts v ON v.run_id = r.id LEFT JOIN attestation.attestations a ON a.run_id = r.id`;

/** A run with what has come of it, or undefined. */
export async function findRunReport(on: Queryable, id: string): Promise<RunReport | undefined> {
  if (!isRunId(id)) return undefined;
  const row = await queryRow(on, `SELECT ${reportColumns} FROM ${reportTables} WHERE r.id = $1`, [id]);
  return row && reportOf(row);
}

/**
 * A page of runs, newest first.
 * @param before ordinal that the page comes after; undefined for the first page
 * @returns the runs with their ordinals
 */
export async function listRunReports(
  on: Queryable,
  limit: number,
  before: bigint | undefined,
  proverKeyId: string | undefined,
): Promise<{ readonly ordinal: bigint; readonly report: RunReport }[]> {
  const { rows } = await on.query(
    `SELECT ${reportColumns} FROM ${reportTables}
     WHERE ($1::bigint IS NULL OR r.ordinal < $1) AND ($2::text IS NULL OR r.prover_key_id = $2)
     ORDER BY r.ordinal DESC LIMIT $3`,
    [before ?? null, proverKeyId ?? null, limit],
  );
  return rows.map((row) => ({ ordinal: toBigInt(row.ordinal), report: reportOf(row) }));
}

function runOf(row: Record<string, unknown>): Run {
  return {
    id: row.id as string,
    state: row.state as RunState,
    mode: row.mode as ProofMode,
    manifest: toBytes(row.manifest),
    manifestDigest: row.manifest_digest as string,
    proverKeyId: row.prover_key_id as string,
    proverPublicKey: toBytes(row.prover_public_key),
    startLogIndex: toBigInt(row.start_log_index),
    startCheckpoint: row.start_checkpoint as string,
    nonce: toBytes(row.nonce),
    seed: toBytes(row.seed),
    priorAttempts: toBigInt(row.prior_attempts),
    initialStateHash: optional(row.initial_state_hash, toBytes),
    chainHead: optional(row.chain_head, toBytes),
    committedSegments: Number(row.committed_segments),
    committedSteps: Number(row.committed_steps),
    startedAtMs: Number(row.started_at_ms),
    activeAtMs: Number(row.active_at_ms),
    end: optional(row.model_digest, () => ({
      files: row.files as FileEntry[],
      modelDigest: row.model_digest as string,
      logIndex: toBigInt(row.commit_log_index),
      atMs: Number(row.finished_at_ms),
    })),
    decidedAtMs: optional(row.decided_at_ms, Number),
  };
}

function reportOf(row: Record<string, unknown>): RunReport {
  const replayedSegments = Number(row.replayed);
  return {
    run: runOf(row),
    replayedSegments,
    verdict: optional(row.decision, (decision) => ({
      decision: decision as Verdict['decision'],
      failure: optional(row.failure, (failure) => failure as Failure),
      replayedSegments,
      totalSegments: Number(row.total_segments),
    })),
    attestationId: optional(row.attestation_id, String),
  };
}
