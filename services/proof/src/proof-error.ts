/**
 * Why a format was refused or a check failed.
 *
 * - `JSON_INVALID` — not one JSON value under the strict rules, or a value that canonical JSON cannot hold
 * - `RECORD_INVALID`, `RECORD_SET_INVALID`, `RECORD_SET_ROOT` — a record or a set of records is malformed; the root differs
 * - `STATE_INVALID`, `STATE_NON_FINITE` — an encoded state is malformed; a tensor or counter holds NaN or infinity
 * - `MANIFEST_INVALID`, `FILE_LIST_INVALID`, `PROGRAM_INVALID` — a field is missing, unknown or out of range
 * - `MERKLE_PROOF_INVALID` — an inclusion or consistency proof does not hold
 * - `TILE_INVALID`, `LOG_ENTRY_INVALID`, `LOG_PROOF_MALFORMED`, `LOG_PROOF_INVALID` — a part of the log is malformed or does not hold
 * - `NOTE_MALFORMED`, `NOTE_SIGNATURE` — a signed note is malformed; a known key's signature is absent or wrong
 * - `CHECKPOINT_MALFORMED`, `CHECKPOINT_SIGNATURE` — the same for a checkpoint of the log
 * - `KEY_INVALID`, `KEY_UNKNOWN`, `SIGNATURE_INVALID` — a key cannot be used; no trusted key; no signature holds
 * - `STATEMENT_MALFORMED`, `ENVELOPE_MALFORMED`, `BUNDLE_MALFORMED` — a part of an attestation is malformed
 * - `PREDICATE_TYPE`, `SUBJECT_MISMATCH` — an attestation of another kind; of other files
 * - `POLICY_LEVEL`, `POLICY_MODE`, `POLICY_LOG_PROOF` — a valid attestation that the relying party's policy does not accept
 * - `CHAIN_MISMATCH`, `RUN_STRUCTURE` — commitments of a run that contradict each other or the manifest
 */
export type ProofErrorCode =
  | 'JSON_INVALID'
  | 'RECORD_INVALID'
  | 'RECORD_SET_INVALID'
  | 'RECORD_SET_ROOT'
  | 'STATE_INVALID'
  | 'STATE_NON_FINITE'
  | 'MANIFEST_INVALID'
  | 'FILE_LIST_INVALID'
  | 'PROGRAM_INVALID'
  | 'MERKLE_PROOF_INVALID'
  | 'TILE_INVALID'
  | 'LOG_ENTRY_INVALID'
  | 'LOG_PROOF_MALFORMED'
  | 'LOG_PROOF_INVALID'
  | 'NOTE_MALFORMED'
  | 'NOTE_SIGNATURE'
  | 'CHECKPOINT_MALFORMED'
  | 'CHECKPOINT_SIGNATURE'
  | 'KEY_INVALID'
  | 'KEY_UNKNOWN'
  | 'SIGNATURE_INVALID'
  | 'STATEMENT_MALFORMED'
  | 'ENVELOPE_MALFORMED'
  | 'BUNDLE_MALFORMED'
  | 'PREDICATE_TYPE'
  | 'SUBJECT_MISMATCH'
  | 'POLICY_LEVEL'
  | 'POLICY_MODE'
  | 'POLICY_LOG_PROOF'
  | 'CHAIN_MISMATCH'
  | 'RUN_STRUCTURE';

/** The one error that this package throws on input that it refuses. */
export class ProofError extends Error {
  readonly code: ProofErrorCode;

  constructor(code: ProofErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'ProofError';
    this.code = code;
  }
}
