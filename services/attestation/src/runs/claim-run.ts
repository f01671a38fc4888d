import {
  encodeStatement,
  type Manifest,
  ProofError,
  type ProofOfLearning,
  verifyRunStructure,
} from '@isthmus/proof';
import type { AttestationContext } from '../attestation-context.js';
import { buildPredicate } from '../domain/build-predicate.js';
import { failureText } from '../domain/failure-text.js';
import type { Run } from '../domain/run.js';
import type { Verdict } from '../domain/verdict.js';
import { listCommitments } from '../store/commitment-store.js';
import type { Queryable } from '../store/queryable.js';
import { attestationVersion } from '../version.js';

/** What an attestation will say. */
export interface Claim {
  readonly end: NonNullable<Run['end']>;
  readonly predicate: ProofOfLearning;
  readonly program: Manifest['program'];
  /** The DSSE payload. */
  readonly statement: Uint8Array;
}

/**
 * The verdict, and the claim where it accepts. A run that holds and whose claim cannot be written, since it is too large
 * or nested too deep, is an inability of the service: otherwise it would be tried for ever.
 */
export async function claimRun(
  context: AttestationContext,
  transaction: Queryable,
  run: Run,
  verdict: Verdict,
  atMs: number,
): Promise<{ readonly verdict: Verdict; readonly claim: Claim | undefined }> {
  if (verdict.decision !== 'ACCEPT') return { verdict, claim: undefined };
  try {
    return { verdict, claim: await writeClaim(context, transaction, run, verdict, atMs) };
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    const message = failureText(`the run holds, and its attestation cannot be written: ${error.message}`);
    const failure = { class: 'ABSTAIN', message, segment: undefined, evidence: undefined } as const;
    return { verdict: { ...verdict, decision: 'ABSTAIN', failure }, claim: undefined };
  }
}

async function writeClaim(
  context: AttestationContext,
  transaction: Queryable,
  run: Run,
  verdict: Verdict,
  atMs: number,
): Promise<Claim> {
  const commitments = await listCommitments(transaction, run.id, 0, run.committedSegments);
  const last = commitments.at(-1);
  if (run.end === undefined || run.initialStateHash === undefined || last === undefined) {
    throw new Error(`The run ${run.id} has not ended`);
  }
  const structure = verifyRunStructure({
    manifestBytes: run.manifest,
    origin: run.mode === 'ONLINE' ? { nonce: run.nonce } : { seed: run.seed },
    initialStateHash: run.initialStateHash,
    segments: commitments,
  });
  const verifier = { id: context.verifierId, version: attestationVersion };
  const predicate = buildPredicate(verifier, run, structure, last, verdict.replayedSegments, atMs);
  const statement = encodeStatement(run.end.files, predicate);
  return { end: run.end, predicate, program: structure.manifest.program, statement };
}
