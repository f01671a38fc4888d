import {
  canonicalJson,
  encodeBundle,
  encodeLogProof,
  inclusionProof,
  type JsonObject,
  type LogEntryType,
  sha256Hex,
  signEnvelope,
  statementPayloadType,
} from '@isthmus/proof';
import type { AttestationContext } from '../attestation-context.js';
import type { Run } from '../domain/run.js';
import { isFinal, nextRunState } from '../domain/run-state.js';
import { decideVerdict, type Verdict } from '../domain/verdict.js';
import { type AppendedEntry, appendEntry } from '../log/append-entry.js';
import { insertAttestation, insertVerdict } from '../store/attestation-store.js';
import { treeReader } from '../store/log-store.js';
import type { Queryable } from '../store/queryable.js';
import { findRun, setRunState } from '../store/run-store.js';
import { listReplayedSegments, listSpanOutcomes } from '../store/span-store.js';
import { type Claim, claimRun } from './claim-run.js';
import { announceChange } from './run-changes.js';

/**
 * Decides a run where the stored outcomes force a verdict, and writes everything that follows from it in one
 * transaction: verdict, log entries, signed attestation, state. Several replicas may try at once; one does it. The
 * signature is made once and stored, so whoever asks later gets the same bytes.
 *
 * @returns the verdict, or undefined where none is due
 */
export async function concludeRun(context: AttestationContext, runId: string): Promise<Verdict | undefined> {
  return context.database.transaction(async (transaction) => {
    const run = await findRun(transaction, runId, true);
    if (run === undefined) return undefined;
    const replayed = await listReplayedSegments(transaction, runId, 0, run.committedSegments);
    const outcomes = await listSpanOutcomes(transaction, runId);
    const forced = decideVerdict(run.committedSegments, replayed.size, outcomes);
    if (forced === undefined || outcomes.length === 0 || isFinal(run.state)) return undefined;
    const atMs = context.clock.now();
    const { verdict, claim } = await claimRun(context, transaction, run, forced, atMs);
    const state = nextRunState(run.state, verdict.decision);
    if (state === undefined) return undefined;
    // An abstention says nothing of the prover, so nothing of it is published.
    const entry =
      verdict.decision === 'ABSTAIN' ? undefined : await logVerdict(context, transaction, run, verdict, atMs);
    await insertVerdict(transaction, runId, verdict, entry?.index);
    if (claim !== undefined) {
      const attributes = { 'isthmus.run.id': runId, 'isthmus.segments': verdict.totalSegments };
      await context.telemetry.span('attest', attributes, () =>
        attest(context, transaction, run, claim, atMs),
      );
    }
    await setRunState(transaction, runId, state, atMs);
    await announceChange(transaction, runId);
    return verdict;
  });
}

async function attest(
  context: AttestationContext,
  transaction: Queryable,
  run: Run,
  { end, predicate, program, statement }: Claim,
  atMs: number,
): Promise<void> {
  const id = sha256Hex(statement);
  const bundle = encodeBundle(signEnvelope(statementPayloadType, statement, context.signingKey));
  const entry = await append(context, transaction, run, 'ATTEST', id, atMs, {
    modelDigest: end.modelDigest,
    level: predicate.verification.level,
    mode: run.mode,
  });
  const logProof = encodeLogProof({
    entry: entry.encoded,
    index: entry.index,
    hashes: await inclusionProof(entry.index, entry.index + 1n, treeReader(transaction)),
    checkpoint: entry.checkpoint,
  });
  // Both are content-addressed: where the transaction fails, nobody knows their names.
  const bundleDigest = await context.objects.put(bundle);
  await context.objects.put(new Uint8Array(Buffer.from(logProof, 'utf8')));
  await insertAttestation(transaction, {
    id,
    runId: run.id,
    programName: program.name,
    programDigest: program.digest,
    modelDigest: end.modelDigest,
    mode: run.mode,
    bundle,
    bundleDigest,
    logProof,
    logIndex: entry.index,
    createdAtMs: atMs,
  });
}

function logVerdict(
  context: AttestationContext,
  transaction: Queryable,
  run: Run,
  { decision, failure, replayedSegments, totalSegments }: Verdict,
  atMs: number,
): Promise<AppendedEntry> {
  const summary: JsonObject = {
    accepted: decision === 'ACCEPT',
    modelDigest: run.end?.modelDigest ?? null,
    replayedSegments,
    totalSegments,
    failureClass: failure?.class ?? null,
    failedSegment: failure?.segment ?? null,
    evidence: failure?.evidence ?? null,
  };
  const payloadSha256 = sha256Hex(canonicalJson(summary));
  return append(context, transaction, run, 'VERDICT', payloadSha256, atMs, summary);
}

function append(
  context: AttestationContext,
  transaction: Queryable,
  run: Run,
  type: LogEntryType,
  payloadSha256: string,
  timeMs: number,
  summary: JsonObject,
): Promise<AppendedEntry> {
  return appendEntry(context, transaction, { type, timeMs, runId: run.id, payloadSha256, summary });
}
