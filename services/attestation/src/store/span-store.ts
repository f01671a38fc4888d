import type { ReplaySpan } from '../domain/replay-span.js';
import type { Failure, SpanOutcome } from '../domain/verdict.js';
import { optional, type Queryable, queryRow } from './queryable.js';

/** A span whose worker has not been heard of for some time. */
export interface SilentSpan extends ReplaySpan {
  readonly runId: string;
  readonly jobId: string;
  /** The worker that was lost. */
  readonly worker: string;
}

/** Writes a span that was queued as `jobId`. */
export async function insertSpan(
  on: Queryable,
  runId: string,
  span: ReplaySpan,
  jobId: string,
): Promise<void> {
  await on.query(
    'INSERT INTO attestation.spans (run_id, first_segment, end_segment, job_id) VALUES ($1, $2, $3, $4)',
    [runId, span.first, span.end, jobId],
  );
}

/**
 * Marks a span as taken by `worker` and counts the attempt.
 * @returns the number of attempts with this one; undefined where the span is settled already
 */
export async function beginSpan(
  on: Queryable,
  runId: string,
  first: number,
  worker: string,
  atMs: number,
): Promise<number | undefined> {
  const row = await queryRow(
    on,
    `UPDATE attestation.spans SET attempts = attempts + 1, worker = $3, heartbeat_at_ms = $4
     WHERE run_id = $1 AND first_segment = $2 AND NOT settled RETURNING attempts`,
    [runId, first, worker, atMs],
  );
  return row && Number(row.attempts);
}

/** Says that the worker of a span is alive. */
export async function beatSpan(
  on: Queryable,
  runId: string,
  first: number,
  worker: string,
  atMs: number,
): Promise<void> {
  await on.query(
    `UPDATE attestation.spans SET heartbeat_at_ms = $4
     WHERE run_id = $1 AND first_segment = $2 AND worker = $3 AND NOT settled`,
    [runId, first, worker, atMs],
  );
}

/**
 * Notes why the attempt of `worker` came to nothing, and frees the span, unless another worker has it by now. `counts`
 * says whether it was an attempt at all.
 */
export async function releaseSpan(
  on: Queryable,
  runId: string,
  first: number,
  worker: string,
  error: string,
  counts = true,
): Promise<void> {
  await on.query(
    `UPDATE attestation.spans SET worker = NULL, heartbeat_at_ms = NULL, last_error = $3, attempts = attempts - $4::integer
     WHERE run_id = $1 AND first_segment = $2 AND worker = $5 AND NOT settled`,
    [runId, first, error, counts ? 0 : 1, worker],
  );
}

/** Ends a span, with its failure or without. Nothing happens where it was settled before: the first outcome stands. */
export async function settleSpan(
  on: Queryable,
  runId: string,
  first: number,
  failure: Failure | undefined,
): Promise<void> {
  await on.query(
    'UPDATE attestation.spans SET settled = true, failure = $3 WHERE run_id = $1 AND first_segment = $2 AND NOT settled',
    [runId, first, failure === undefined ? null : JSON.stringify(failure)],
  );
}

/** Spans that were taken and whose worker was last heard of before `beforeMs`. */
export async function listSilentSpans(on: Queryable, beforeMs: number): Promise<SilentSpan[]> {
  const { rows } = await on.query(
    `SELECT run_id, first_segment, end_segment, job_id, worker FROM attestation.spans
     WHERE NOT settled AND heartbeat_at_ms < $1`,
    [beforeMs],
  );
  return rows.map((row) => ({
    runId: row.run_id as string,
    first: Number(row.first_segment),
    end: Number(row.end_segment),
    jobId: row.job_id as string,
    worker: row.worker as string,
  }));
}

/** All spans of a run, ascending. */
export async function listSpanOutcomes(on: Queryable, runId: string): Promise<SpanOutcome[]> {
  const { rows } = await on.query(
    'SELECT first_segment, end_segment, settled, failure FROM attestation.spans WHERE run_id = $1 ORDER BY first_segment',
    [runId],
  );
  return rows.map((row) => ({
    first: Number(row.first_segment),
    end: Number(row.end_segment),
    settled: row.settled as boolean,
    failure: optional(row.failure, (failure) => failure as Failure),
  }));
}

/** Notes that a segment was replayed and found equal. Repeating it changes nothing. */
export async function insertReplayedSegment(
  on: Queryable,
  runId: string,
  segment: number,
  worker: string,
  atMs: number,
): Promise<void> {
  await on.query('INSERT INTO attestation.replayed_segments VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [
    runId,
    segment,
    worker,
    atMs,
  ]);
}

/** Segments of `[first, end)` that were replayed and found equal. */
export async function listReplayedSegments(
  on: Queryable,
  runId: string,
  first: number,
  end: number,
): Promise<Set<number>> {
  const { rows } = await on.query(
    'SELECT segment FROM attestation.replayed_segments WHERE run_id = $1 AND segment >= $2 AND segment < $3',
    [runId, first, end],
  );
  return new Set(rows.map((row) => Number(row.segment)));
}
