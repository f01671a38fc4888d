import type { ProofMode } from '../domain/run.js';
import type { Verdict } from '../domain/verdict.js';
import { type Queryable, queryRow, toBigInt, toBytes } from './queryable.js';
import { isRunId } from './run-store.js';

/** An attestation as it is stored. Digests are hexadecimal. */
export interface StoredAttestation {
  /** SHA-256 of the DSSE payload. */
  readonly id: string;
  readonly runId: string;
  readonly programName: string;
  readonly programDigest: string;
  readonly modelDigest: string;
  readonly mode: ProofMode;
  /** Sigstore bundle v0.3, JSON. */
  readonly bundle: Uint8Array;
  readonly bundleDigest: string;
  /** Proof of inclusion in the log (c2sp.org/tlog-proof). */
  readonly logProof: string;
  readonly logIndex: bigint;
  readonly createdAtMs: number;
}

/** What an attestation may be known by. */
export type AttestationKey =
  | { readonly id: string }
  | { readonly runId: string }
  | { readonly modelDigest: string };

/** Writes a verdict. `logIndex` is undefined where it is not logged. */
export async function insertVerdict(
  on: Queryable,
  runId: string,
  verdict: Verdict,
  logIndex: bigint | undefined,
): Promise<void> {
  await on.query('INSERT INTO attestation.verdicts VALUES ($1, $2, $3, $4, $5, $6)', [
    runId,
    verdict.decision,
    verdict.failure === undefined ? null : JSON.stringify(verdict.failure),
    verdict.replayedSegments,
    verdict.totalSegments,
    logIndex ?? null,
  ]);
}

/** Writes an attestation. */
export async function insertAttestation(on: Queryable, attestation: StoredAttestation): Promise<void> {
  await on.query(
    `INSERT INTO attestation.attestations (id, run_id, program_name, program_digest, model_digest, mode, bundle,
       bundle_digest, log_proof, log_index, created_at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      attestation.id,
      attestation.runId,
      attestation.programName,
      attestation.programDigest,
      attestation.modelDigest,
      attestation.mode,
      attestation.bundle,
      attestation.bundleDigest,
      attestation.logProof,
      attestation.logIndex,
      attestation.createdAtMs,
    ],
  );
}

/** The attestation, the newest where a model has several; undefined where there is none. */
export async function findAttestation(
  on: Queryable,
  key: AttestationKey,
): Promise<StoredAttestation | undefined> {
  if ('runId' in key && !isRunId(key.runId)) return undefined;
  const [column, value] =
    'id' in key ? ['id', key.id] : 'runId' in key ? ['run_id', key.runId] : ['model_digest', key.modelDigest];
  const row = await queryRow(
    on,
    `SELECT * FROM attestation.attestations WHERE ${column} = $1 ORDER BY ordinal DESC LIMIT 1`,
    [value],
  );
  return row && attestationOf(row);
}

/** A page of attestations, newest first, with their ordinals. `before` is the ordinal that the page comes after. */
export async function listAttestations(
  on: Queryable,
  limit: number,
  before: bigint | undefined,
): Promise<{ readonly ordinal: bigint; readonly attestation: StoredAttestation }[]> {
  const { rows } = await on.query(
    `SELECT * FROM attestation.attestations WHERE $1::bigint IS NULL OR ordinal < $1 ORDER BY ordinal DESC LIMIT $2`,
    [before ?? null, limit],
  );
  return rows.map((row) => ({ ordinal: toBigInt(row.ordinal), attestation: attestationOf(row) }));
}

function attestationOf(row: Record<string, unknown>): StoredAttestation {
  return {
    id: row.id as string,
    runId: row.run_id as string,
    programName: row.program_name as string,
    programDigest: row.program_digest as string,
    modelDigest: row.model_digest as string,
    mode: row.mode as ProofMode,
    bundle: toBytes(row.bundle),
    bundleDigest: row.bundle_digest as string,
    logProof: row.log_proof as string,
    logIndex: toBigInt(row.log_index),
    createdAtMs: Number(row.created_at_ms),
  };
}
