package dev.isthmus.client.proof;

import java.util.List;
import java.util.Optional;

/**
 * The relying party's check, offline: signature by a pinned key, strict reading of the very bytes that were signed, pinned
 * predicate type, files equal to the subjects, inclusion in the log, then policy. It does not ask whether the attestation
 * was revoked later: that needs the log itself.
 */
public final class AttestationVerifier {
  private static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";
  private static final String MODEL_SUBJECT = "model:file-list";
  private static final int QUORUM = 2;

  private AttestationVerifier() {}

  /**
   * Verifies an attestation.
   *
   * @param evidence what was received
   * @param trust whom to trust and what to ask for
   * @return what was found
   * @throws ProofException at the first check that fails
   */
  public static VerifiedAttestation verify(AttestationEvidence evidence, AttestationTrust trust) {
    Envelope envelope = Bundle.parse(evidence.bundle());
    List<AttestationKey> keys = trust.attestationKeys().stream().map(AttestationKey::fromPem).toList();
    List<String> signedBy = envelope.verify(keys);
    if (!envelope.payloadType().equals(PAYLOAD_TYPE)) {
      throw refused(ProofErrorCode.PREDICATE_TYPE, "the envelope holds \"" + envelope.payloadType() + "\"");
    }
    ProofStatement statement = StatementParser.parse(envelope.payload());
    String digest = checkedModelDigest(statement, evidence);
    String id = Codec.sha256Hex(envelope.payload());
    Optional<LogInclusion> log = checkedInclusion(evidence, trust, id, statement);
    AssuranceLevel assurance = countingLevel(statement, signedBy);
    requirePolicy(trust, evidence, assurance, statement.mode(), log);
    return new VerifiedAttestation(id, statement, digest, assurance, statement.mode(), signedBy, log);
  }

  private static String checkedModelDigest(ProofStatement statement, AttestationEvidence evidence) {
    String attested = statement.subjects().get(MODEL_SUBJECT);
    if (attested == null) {
      throw refused(ProofErrorCode.STATEMENT_MALFORMED, "no subject is named " + MODEL_SUBJECT);
    }
    if (evidence.files() != null) requireFiles(evidence.files(), statement, attested);
    if (evidence.modelDigest() != null && !evidence.modelDigest().equals(attested)) {
      throw refused(
          ProofErrorCode.SUBJECT_MISMATCH,
          "the attestation is about the model " + attested + ", not " + evidence.modelDigest());
    }
    return attested;
  }

  private static void requireFiles(List<FileEntry> files, ProofStatement statement, String attested) {
    for (FileEntry file : files) {
      String known = statement.subjects().get(file.name());
      if (known == null) {
        throw refused(ProofErrorCode.SUBJECT_MISMATCH, "the attestation is not about a file \"" + file.name() + "\"");
      }
      if (!known.equals(file.sha256())) {
        throw refused(ProofErrorCode.SUBJECT_MISMATCH, "\"" + file.name() + "\" is not the file that was attested");
      }
    }
    // The list as a whole, so that a missing file is noticed as well.
    if (!FileList.modelDigest(files).equals(attested)) {
      throw refused(ProofErrorCode.SUBJECT_MISMATCH, "the files are not all of those that were attested");
    }
  }

  private static Optional<LogInclusion> checkedInclusion(
      AttestationEvidence evidence, AttestationTrust trust, String id, ProofStatement statement) {
    if (evidence.logProof() == null || trust.logVerifierKey() == null) return Optional.empty();
    LogProof proof = LogProof.parse(evidence.logProof());
    Checkpoint checkpoint = proof.verify(NoteKey.parse(trust.logVerifierKey()));
    LogEntry entry = decodedEntry(proof.entry());
    if (entry.type() != LogEntry.Type.ATTEST
        || !entry.payloadSha256().equals(id)
        || !entry.runId().equals(statement.runId())) {
      throw refused(ProofErrorCode.LOG_PROOF_INVALID, "the proven entry of the log is not that of this attestation");
    }
    return Optional.of(new LogInclusion(checkpoint.origin(), proof.index(), checkpoint.size(), entry.timeMs()));
  }

  private static LogEntry decodedEntry(byte[] bytes) {
    try {
      return LogEntry.decode(bytes);
    } catch (ProofException cause) {
      String problem = "the proven entry of the log: " + cause.getMessage();
      throw new ProofException(ProofErrorCode.LOG_PROOF_INVALID, problem, cause);
    }
  }

  private static AssuranceLevel countingLevel(ProofStatement statement, List<String> signedBy) {
    boolean quorum = statement.level() == AssuranceLevel.L4_FULL_QUORUM;
    return quorum && signedBy.size() < QUORUM ? AssuranceLevel.L3_FULL : statement.level();
  }

  private static void requirePolicy(
      AttestationTrust trust,
      AttestationEvidence evidence,
      AssuranceLevel assurance,
      ProofMode mode,
      Optional<LogInclusion> log) {
    if (!assurance.reaches(trust.minimumAssurance())) {
      throw refused(
          ProofErrorCode.POLICY_LEVEL,
          "the training was verified to " + assurance + ", asked is " + trust.minimumAssurance());
    }
    if (trust.requireOnline() && mode != ProofMode.ONLINE) {
      throw refused(
          ProofErrorCode.POLICY_MODE, "the prover chose the seed of this run (POSTHOC), asked is ONLINE");
    }
    if (trust.requireLogProof() && log.isEmpty()) {
      String missing = evidence.logProof() == null ? "no log proof was given" : "no key of the log is known";
      throw refused(ProofErrorCode.POLICY_LOG_PROOF, "the attestation must be in the log, and " + missing);
    }
  }

  private static ProofException refused(ProofErrorCode code, String problem) {
    return new ProofException(code, problem);
  }
}
