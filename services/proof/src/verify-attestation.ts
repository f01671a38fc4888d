import { type AssuranceLevel, type ProofMode, reaches } from './assurance.js';
import { parseBundle } from './bundle.js';
import { type VerifiedPayload, verifyEnvelope } from './dsse.js';
import { encodeFileList, type FileEntry, modelDigest } from './file-list.js';
import { sha256Hex } from './hash.js';
import { decodeLogEntry, type LogEntry } from './log-entry.js';
import { parseLogProof, verifyLogProof } from './log-proof.js';
import { parseVerifierKey } from './note.js';
import { proofOfLearningPredicateType } from './predicate.js';
import { ProofError } from './proof-error.js';
import type { PublicKeyInput } from './signature.js';
import { modelSubjectName, type ProofStatement, parseStatement, statementPayloadType } from './statement.js';

/** Whom a relying party trusts and what it asks for. */
export interface AttestationTrust {
  /** Keys of attestation services, P-256. */
  readonly attestationKeys: readonly PublicKeyInput[];
  /** Key of the transparency log (C2SP vkey); without it no log proof can be checked. */
  readonly logVerifierKey?: string;
  /** Weakest level that is accepted. */
  readonly minimumAssurance: AssuranceLevel;
  /** Whether the nonce must have come before the training. */
  readonly requireOnline: boolean;
  /** Whether the attestation must be shown to be in the log. */
  readonly requireLogProof: boolean;
  /** Predicate types that are accepted; that of this version where absent. */
  readonly acceptedPredicateTypes?: readonly string[];
}

/** An attestation as it was received. */
export interface AttestationEvidence {
  /** Sigstore bundle v0.3, JSON. */
  readonly bundle: Uint8Array;
  /** Proof of inclusion (c2sp.org/tlog-proof), text. */
  readonly logProof?: string;
  /** The model's files as the relying party has them: all of them, and no others, must be what was attested. */
  readonly files?: readonly FileEntry[];
  /** Or the digest of their list, where the files have been checked against it already. */
  readonly modelDigest?: string;
  readonly trust: AttestationTrust;
}

/** Where the attestation is in the log. */
export interface LogInclusion {
  readonly origin: string;
  readonly index: bigint;
  /** Size of the tree that the checkpoint is of. */
  readonly treeSize: bigint;
  readonly entry: LogEntry;
}

/** An attestation that holds and that the policy accepts. */
export interface VerifiedAttestation {
  /** SHA-256 of the DSSE payload, hexadecimal. */
  readonly attestationId: string;
  readonly statement: ProofStatement;
  /** Digest of the attested file list, hexadecimal. */
  readonly modelDigest: string;
  /** The level that counts: `L4_FULL_QUORUM` is `L3_FULL` unless two trusted keys signed. */
  readonly assurance: AssuranceLevel;
  readonly mode: ProofMode;
  /** Ids of the trusted keys that signed. */
  readonly signedBy: readonly string[];
  /** Undefined where no proof was given or no key of the log is known. */
  readonly log: LogInclusion | undefined;
}

/**
 * The relying party's check, offline: signature by a pinned key, strict reading of the very bytes that were signed, pinned
 * predicate type, files equal to the subjects, inclusion in the log, then policy. It does not ask whether the
 * attestation was revoked later: that needs the log itself.
 *
 * Throws `BUNDLE_MALFORMED`, `KEY_UNKNOWN`, `KEY_INVALID`, `SIGNATURE_INVALID`, `PREDICATE_TYPE`, `STATEMENT_MALFORMED`,
 * `SUBJECT_MISMATCH`, `LOG_PROOF_MALFORMED`, `LOG_PROOF_INVALID`, `CHECKPOINT_MALFORMED`, `CHECKPOINT_SIGNATURE`,
 * `POLICY_LEVEL`, `POLICY_MODE` or `POLICY_LOG_PROOF`.
 */
export function verifyAttestation(evidence: AttestationEvidence): VerifiedAttestation {
  const { trust } = evidence;
  const verified = verifyEnvelope(parseBundle(evidence.bundle).envelope, trust.attestationKeys);
  if (verified.payloadType !== statementPayloadType) {
    throw new ProofError('PREDICATE_TYPE', `the envelope holds ${JSON.stringify(verified.payloadType)}`);
  }
  const statement = parseStatement(
    verified.payload,
    trust.acceptedPredicateTypes ?? [proofOfLearningPredicateType],
  );
  const digest = checkedModelDigest(statement, evidence);
  const attestationId = sha256Hex(verified.payload);
  const log = checkedInclusion(evidence, attestationId, statement);
  const assurance = countingLevel(statement, verified);
  const { mode } = statement.predicate.run;
  if (!reaches(assurance, trust.minimumAssurance)) {
    throw new ProofError(
      'POLICY_LEVEL',
      `the training was verified to ${assurance}, asked is ${trust.minimumAssurance}`,
    );
  }
  if (trust.requireOnline && mode !== 'ONLINE') {
    throw new ProofError('POLICY_MODE', 'the prover chose the seed of this run (POSTHOC), asked is ONLINE');
  }
  if (trust.requireLogProof && log === undefined) {
    const missing = evidence.logProof === undefined ? 'no log proof was given' : 'no key of the log is known';
    throw new ProofError('POLICY_LOG_PROOF', `the attestation must be in the log, and ${missing}`);
  }
  return { attestationId, statement, modelDigest: digest, assurance, mode, signedBy: verified.keyIds, log };
}

function checkedModelDigest(
  { subject }: ProofStatement,
  { files, modelDigest: expected }: AttestationEvidence,
): string {
  const attested = subject.find(({ name }) => name === modelSubjectName)?.digest.sha256;
  if (attested === undefined)
    throw new ProofError('STATEMENT_MALFORMED', `no subject is named ${modelSubjectName}`);
  for (const file of files ?? []) {
    const known = subject.find(({ name }) => name === file.name);
    if (known === undefined)
      throw new ProofError('SUBJECT_MISMATCH', `the attestation is not about a file "${file.name}"`);
    if (known.digest.sha256 !== file.sha256) {
      throw new ProofError('SUBJECT_MISMATCH', `"${file.name}" is not the file that was attested`);
    }
  }
  // The list as a whole, so that a missing file is noticed as well.
  if (files !== undefined && modelDigest(encodeFileList(files)) !== attested) {
    throw new ProofError('SUBJECT_MISMATCH', 'the files are not all of those that were attested');
  }
  if (expected !== undefined && expected !== attested) {
    throw new ProofError(
      'SUBJECT_MISMATCH',
      `the attestation is about the model ${attested}, not ${expected}`,
    );
  }
  return attested;
}

function checkedInclusion(
  { logProof, trust }: AttestationEvidence,
  attestationId: string,
  statement: ProofStatement,
): LogInclusion | undefined {
  if (logProof === undefined || trust.logVerifierKey === undefined) return undefined;
  const proof = parseLogProof(logProof);
  const { origin, size } = verifyLogProof(proof, parseVerifierKey(trust.logVerifierKey));
  const entry = decodedEntry(proof.entry);
  if (
    entry.type !== 'ATTEST' ||
    entry.payloadSha256 !== attestationId ||
    entry.runId !== statement.predicate.run.id
  ) {
    throw new ProofError('LOG_PROOF_INVALID', 'the proven entry of the log is not that of this attestation');
  }
  return { origin, index: proof.index, treeSize: size, entry };
}

function decodedEntry(bytes: Uint8Array): LogEntry {
  try {
    return decodeLogEntry(bytes);
  } catch (cause) {
    throw new ProofError('LOG_PROOF_INVALID', `the proven entry of the log: ${(cause as Error).message}`, {
      cause,
    });
  }
}

function countingLevel({ predicate }: ProofStatement, { keyIds }: VerifiedPayload): AssuranceLevel {
  const { level } = predicate.verification;
  return level === 'L4_FULL_QUORUM' && keyIds.length < 2 ? 'L3_FULL' : level;
}
