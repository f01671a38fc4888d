package dev.isthmus.client.proof;

/** Why an attestation was refused. The names are the same in every client. */
public enum ProofErrorCode {
  /** Not one JSON value under the strict rules, or not in its canonical form. */
  JSON_INVALID,
  /** A file list has a member that is missing, unknown or out of range. */
  FILE_LIST_INVALID,
  /** An inclusion proof does not hold. */
  MERKLE_PROOF_INVALID,
  /** An entry of the log is malformed. */
  LOG_ENTRY_INVALID,
  /** A log proof cannot be read. */
  LOG_PROOF_MALFORMED,
  /** A log proof does not hold, or is one of another entry. */
  LOG_PROOF_INVALID,
  /** A signed note cannot be read. */
  NOTE_MALFORMED,
  /** A known key's signature of a note is absent or wrong. */
  NOTE_SIGNATURE,
  /** A checkpoint of the log cannot be read. */
  CHECKPOINT_MALFORMED,
  /** A checkpoint is not signed by the log's key. */
  CHECKPOINT_SIGNATURE,
  /** A trusted key cannot be used. */
  KEY_INVALID,
  /** The envelope is signed by keys that are not trusted here. */
  KEY_UNKNOWN,
  /** No signature of the envelope holds. */
  SIGNATURE_INVALID,
  /** The statement cannot be read or contradicts itself. */
  STATEMENT_MALFORMED,
  /** The envelope cannot be read. */
  ENVELOPE_MALFORMED,
  /** The bundle cannot be read. */
  BUNDLE_MALFORMED,
  /** An attestation of another kind. */
  PREDICATE_TYPE,
  /** An attestation of other files. */
  SUBJECT_MISMATCH,
  /** Valid, and verified less thoroughly than asked for. */
  POLICY_LEVEL,
  /** Valid, and the prover chose the seed. */
  POLICY_MODE,
  /** Valid, and not shown to be in the log. */
  POLICY_LOG_PROOF
}
