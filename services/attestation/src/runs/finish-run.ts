import { randomBytes } from 'node:crypto';
import { failure } from '@isthmus/chassis';
import { canonicalJson, runEndDigest, sha256Hex, toHex } from '@isthmus/proof';
import type { AttestationContext } from '../attestation-context.js';
import { type AnnouncedEnd, admitEnd } from '../domain/admit-end.js';
import { replaySpans } from '../domain/replay-span.js';
import type { Commitment, Run } from '../domain/run.js';
import { appendEntry } from '../log/append-entry.js';
import { workChannel } from '../replay/replay-queue.js';
import { listCommitments } from '../store/commitment-store.js';
import type { Queryable } from '../store/queryable.js';
import { insertRequest } from '../store/request-store.js';
import { findRun, isRunId, writeRunEnd } from '../store/run-store.js';
import { insertSpan } from '../store/span-store.js';
import { runNotFound, stateConflict } from './commit-segment.js';
import { repeatedRun } from './repeated-run.js';
import { requireObject } from './require-objects.js';
import { announceChange } from './run-changes.js';

/**
 * Ends a run: the end is logged, the run is `COMMITTED` and its replay is queued, in one transaction. A call that is
 * repeated with the same end gets the run as it is by then.
 *
 * @param requestId empty where the caller gave none
 * @throws RUN_NOT_FOUND, RUN_STATE_CONFLICT, CHAIN_BROKEN, SIGNATURE_INVALID, OBJECT_NOT_FOUND, FIELD_INVALID,
 *   REQUEST_ID_REUSED
 */
export async function finishRun(
  context: AttestationContext,
  runId: string,
  end: AnnouncedEnd,
  requestId: string,
): Promise<Run> {
  const found = await findRun(context.database.pool, runId);
  if (found === undefined) throw runNotFound(runId);
  const fileList = admitEnd(found, end);
  const contentSha256 = contentOf(runId, end);
  // A prover may well use the id of its run, which everybody can read: another one must not be able to take it before.
  const ownId = isRunId(requestId) ? `${runId}/${requestId}` : requestId;
  if (found.state === 'TRAINING') {
    await requireStates(context, await listCommitments(context.database.pool, runId, 0, end.segments));
    for (const file of end.files) {
      const size = await requireObject(context.objects, file.sha256, `the file ${file.name}`);
      if (size !== file.sizeBytes) {
        throw failure('FIELD_INVALID', `The file ${file.name} has ${size} bytes, not ${file.sizeBytes}.`, {
          metadata: { field: 'files', rule: 'size' },
        });
      }
    }
    await context.objects.put(fileList);
  }
  return context.database.transaction(async (transaction) => {
    const run = await findRun(transaction, runId, true);
    if (run === undefined) throw runNotFound(runId);
    if (requestId !== '') {
      const repeated = await repeatedRun(transaction, 'FinishRun', ownId, contentSha256);
      if (repeated !== undefined) return repeated;
    }
    if (run.state !== 'TRAINING') {
      if (run.end?.modelDigest === end.modelDigest && run.committedSegments === end.segments) return run;
      throw stateConflict(run, 'TRAINING');
    }
    // Again, now that nothing can change the run: a segment may have been committed since the first look.
    admitEnd(run, end);
    await logEnd(context, transaction, run, end);
    if (requestId !== '') await insertRequest(transaction, 'FinishRun', ownId, { contentSha256, runId });
    await queueReplay(context, transaction, runId, end.segments);
    await announceChange(transaction, runId);
    return (await findRun(transaction, runId)) ?? run;
  });
}

async function logEnd(
  context: AttestationContext,
  transaction: Queryable,
  run: Run,
  { segments, chainHead, modelDigest, files, signature }: AnnouncedEnd,
): Promise<void> {
  const atMs = context.clock.now();
  const payload = runEndDigest({ runId: run.id, segments, chainHead, modelDigest });
  const entry = await appendEntry(context, transaction, {
    type: 'COMMIT',
    timeMs: atMs,
    runId: run.id,
    payloadSha256: toHex(payload),
    summary: { segments, modelDigest, chainHead: toHex(chainHead) },
  });
  await writeRunEnd(transaction, run.id, {
    files: [...files].sort((a, b) => (a.name < b.name ? -1 : 1)),
    modelDigest,
    logIndex: entry.index,
    signature,
    atMs,
  });
}

async function queueReplay(
  { queue, spanSegments }: AttestationContext,
  transaction: Queryable,
  runId: string,
  segments: number,
): Promise<void> {
  const commitments = await listCommitments(transaction, runId, 0, segments);
  const kept = [true, ...commitments.map((commitment) => commitment.stateObject !== undefined)];
  for (const span of replaySpans(segments, kept, spanSegments)) {
    const jobId = jobIdOf(span.first);
    await insertSpan(transaction, runId, span, jobId);
    await queue.send(transaction, jobId, { runId, ...span });
  }
  await transaction.query('SELECT pg_notify($1, $2)', [workChannel, runId]);
}

/** A UUID (version 8) that sorts by the first segment: workers take the spans of a run in their order. */
function jobIdOf(firstSegment: number): string {
  const order = firstSegment.toString(16).padStart(8, '0');
  const random = randomBytes(12).toString('hex');
  return `${order}-${random.slice(0, 4)}-8${random.slice(4, 7)}-8${random.slice(7, 10)}-${random.slice(10, 22)}`;
}

async function requireStates(
  { objects, limits }: AttestationContext,
  commitments: readonly Commitment[],
): Promise<void> {
  for (const { segment, stateObject } of commitments) {
    if (stateObject === undefined) continue;
    const size = await requireObject(objects, stateObject, `the state after segment ${segment}`);
    if (size > limits.maxStateBytes) {
      throw failure(
        'FIELD_INVALID',
        `The state after segment ${segment} has ${size} bytes; this service takes at most ${limits.maxStateBytes}.`,
        { metadata: { field: 'state_object', rule: 'size' } },
      );
    }
  }
}

function contentOf(runId: string, end: AnnouncedEnd): string {
  const { segments, modelDigest } = end;
  const chainHead = toHex(end.chainHead);
  return sha256Hex(canonicalJson({ runId, segments, chainHead, modelDigest }));
}
