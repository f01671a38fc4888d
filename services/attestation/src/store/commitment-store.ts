import type { Commitment } from '../domain/run.js';
import { optional, type Queryable, queryRow, toBytes } from './queryable.js';

/** Appends a commitment and moves the head of the run's chain. `initialStateHash` comes with segment 0. */
export async function appendCommitment(
  on: Queryable,
  runId: string,
  commitment: Commitment,
  initialStateHash: Uint8Array | undefined,
  atMs: number,
): Promise<void> {
  const { segment, stateHash, readsDigest, chain, stateObject, steps } = commitment;
  await on.query('INSERT INTO attestation.commitments VALUES ($1, $2, $3, $4, $5, $6, $7, $8)', [
    runId,
    segment,
    stateHash,
    readsDigest,
    chain,
    stateObject ?? null,
    steps,
    atMs,
  ]);
  await on.query(
    `UPDATE attestation.runs SET committed_segments = $2, chain_head = $3, committed_steps = committed_steps + $4,
       initial_state_hash = coalesce($5, initial_state_hash), active_at_ms = $6 WHERE id = $1`,
    [runId, segment + 1, chain, steps, initialStateHash ?? null, atMs],
  );
}

/** One commitment, or undefined. */
export async function findCommitment(
  on: Queryable,
  runId: string,
  segment: number,
): Promise<Commitment | undefined> {
  const row = await queryRow(on, 'SELECT * FROM attestation.commitments WHERE run_id = $1 AND segment = $2', [
    runId,
    segment,
  ]);
  return row && commitmentOf(row);
}

/** Commitments `[first, end)` of a run in their order. */
export async function listCommitments(
  on: Queryable,
  runId: string,
  first: number,
  end: number,
): Promise<Commitment[]> {
  const { rows } = await on.query(
    'SELECT * FROM attestation.commitments WHERE run_id = $1 AND segment >= $2 AND segment < $3 ORDER BY segment',
    [runId, first, end],
  );
  return rows.map(commitmentOf);
}

function commitmentOf(row: Record<string, unknown>): Commitment {
  return {
    segment: Number(row.segment),
    stateHash: toBytes(row.state_hash),
    readsDigest: toBytes(row.reads_digest),
    chain: toBytes(row.chain),
    stateObject: optional(row.state_object, String),
    steps: Number(row.steps),
  };
}
