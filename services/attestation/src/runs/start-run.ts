import { randomBytes } from 'node:crypto';
import { failure } from '@isthmus/chassis';
import {
  canonicalJson,
  deriveSeed,
  type Manifest,
  nonceFromCheckpoint,
  sha256Hex,
  toHex,
} from '@isthmus/proof';
import type { AttestationContext } from '../attestation-context.js';
import { type AdmittedRun, type AnnouncedRun, admitRun, requireProgram } from '../domain/admit-run.js';
import type { Run } from '../domain/run.js';
import { appendEntry } from '../log/append-entry.js';
import { findAttestation } from '../store/attestation-store.js';
import { lockLog } from '../store/log-store.js';
import type { Queryable } from '../store/queryable.js';
import { insertRequest } from '../store/request-store.js';
import { countRuns, findRun, hasManifest, insertRun } from '../store/run-store.js';
import { repeatedRun } from './repeated-run.js';
import { requireInputs } from './require-objects.js';
import { announceChange } from './run-changes.js';

/**
 * Announces a run: its manifest is logged, and the nonce is drawn from the signed checkpoint that holds it, in one
 * transaction. So no nonce exists for a manifest that is not logged, none serves two runs, and a call that is repeated
 * gets the answer of the first.
 *
 * @throws MANIFEST_INVALID, SIGNATURE_INVALID, PROGRAM_NOT_ALLOWED, OBJECT_NOT_FOUND, RUN_QUOTA_EXCEEDED,
 *   REQUEST_ID_REUSED, FIELD_INVALID
 */
export async function startRun(
  context: AttestationContext,
  announced: AnnouncedRun,
  requestId: string,
): Promise<Run> {
  const admitted = admitRun(announced, context.limits);
  const manifestDigest = toHex(admitted.commitment);
  const contentSha256 = sha256Hex(
    canonicalJson({ manifestDigest, mode: announced.mode, seed: toHex(announced.seed) }),
  );
  const before = await repeatedRun(context.database.pool, 'StartRun', requestId, contentSha256);
  if (before !== undefined) return before;
  const { manifest } = admitted;
  requireProgram(manifest, await context.programs.including(manifest.program.digest));
  await requireInputs(context.objects, manifest, context.limits.maxInputBytes);
  return context.database.transaction(async (transaction) => {
    // From here on one call at a time, so that neither the quota nor a request id can be raced.
    await lockLog(transaction);
    const repeated = await repeatedRun(transaction, 'StartRun', requestId, contentSha256);
    if (repeated !== undefined) return repeated;
    await requireFresh(transaction, manifestDigest);
    await requireLineage(transaction, manifest);
    const priorAttempts = await requireQuota(context, transaction, manifest.proverKeyId);
    const run = await logStart(context, transaction, announced, admitted, priorAttempts);
    await insertRequest(transaction, 'StartRun', requestId, { contentSha256, runId: run.id });
    await announceChange(transaction, run.id);
    return run;
  });
}

async function logStart(
  context: AttestationContext,
  transaction: Queryable,
  announced: AnnouncedRun,
  { manifest, commitment }: AdmittedRun,
  priorAttempts: bigint,
): Promise<Run> {
  const id = randomBytes(16).toString('hex');
  const startedAtMs = context.clock.now();
  const start = await appendEntry(context, transaction, {
    type: 'START',
    timeMs: startedAtMs,
    runId: id,
    payloadSha256: toHex(commitment),
    summary: {
      mode: announced.mode,
      program: { ...manifest.program },
      proverKeyId: manifest.proverKeyId,
      priorAttempts: Number(priorAttempts),
    },
  });
  const nonce = nonceFromCheckpoint(start.checkpoint);
  const seed =
    announced.mode === 'POSTHOC'
      ? announced.seed
      : deriveSeed({ nonce, manifestDigest: commitment, proverKeyId: manifest.proverKeyId });
  await insertRun(transaction, {
    id,
    mode: announced.mode,
    manifest: announced.manifest,
    manifestDigest: toHex(commitment),
    proverKeyId: manifest.proverKeyId,
    proverPublicKey: announced.publicKey,
    startSignature: announced.signature,
    startLogIndex: start.index,
    startCheckpoint: start.checkpoint,
    nonce,
    seed,
    priorAttempts,
    startedAtMs,
  });
  const run = await findRun(transaction, id);
  if (run === undefined) throw new Error('A run that was just written cannot be read');
  return run;
}

async function requireFresh(transaction: Queryable, manifestDigest: string): Promise<void> {
  if (await hasManifest(transaction, manifestDigest)) {
    throw failure(
      'MANIFEST_INVALID',
      'This manifest was announced before. A further attempt needs a clientNonce of its own.',
      { metadata: { member: 'clientNonce' } },
    );
  }
}

async function requireLineage(transaction: Queryable, { inputs }: Manifest): Promise<void> {
  for (const [name, { digest, attestationId }] of Object.entries(inputs.artefacts)) {
    if (attestationId === null) continue;
    const found = await findAttestation(transaction, { id: attestationId });
    if (found?.modelDigest !== digest) {
      throw failure(
        'MANIFEST_INVALID',
        `inputs.artefacts.${name}.attestationId is not an attestation of this service for the digest ${digest}.`,
      );
    }
  }
}

async function requireQuota(
  { limits }: AttestationContext,
  transaction: Queryable,
  proverKeyId: string,
): Promise<bigint> {
  const { all, open } = await countRuns(transaction, proverKeyId);
  if (open >= limits.openRunsPerProver) {
    throw failure(
      'RUN_QUOTA_EXCEEDED',
      `${open} runs of this prover are open, and no more are taken. Finish one, or let it expire.`,
      { metadata: { open: String(open), limit: String(limits.openRunsPerProver) } },
    );
  }
  return all;
}
