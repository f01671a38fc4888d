package dev.isthmus.client.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Whom a relying party trusts and what it asks for.
 *
 * @param attestationKeys keys of attestation services, P-256, PEM
 * @param logVerifierKey key of the transparency log (C2SP vkey); without it, null, no log proof can be checked
 * @param minimumAssurance weakest level that is accepted
 * @param requireOnline whether the nonce must have come before the training
 * @param requireLogProof whether the attestation must be shown to be in the log
 */
public record AttestationTrust(
    List<String> attestationKeys,
    String logVerifierKey,
    AssuranceLevel minimumAssurance,
    boolean requireOnline,
    boolean requireLogProof) {

  private static final int MAX_FILE_BYTES = 1 << 20;

  /**
   * Copies the keys.
   *
   * @param attestationKeys keys of attestation services, P-256, PEM
   * @param logVerifierKey key of the transparency log (C2SP vkey), or null
   * @param minimumAssurance weakest level that is accepted
   * @param requireOnline whether the nonce must have come before the training
   * @param requireLogProof whether the attestation must be shown to be in the log
   */
  public AttestationTrust {
    attestationKeys = List.copyOf(attestationKeys);
    Objects.requireNonNull(minimumAssurance);
  }

  /**
   * Asks for a full replay, a nonce that came first, and a proof from the log.
   *
   * @param attestationKeyPem key of the attestation service
   * @param logVerifierKey key of the log
   * @return the strictest trust but for a quorum
   */
  public static AttestationTrust of(String attestationKeyPem, String logVerifierKey) {
    return new AttestationTrust(List.of(attestationKeyPem), logVerifierKey, AssuranceLevel.L3_FULL, true, true);
  }

  /**
   * Reads the {@code trust.json} that an attestation service writes for those who rely on it. Where the file does not say
   * what to ask for, it is asked as in {@link #of}.
   *
   * @param json content of the file
   * @return the trust
   * @throws ProofException where it is malformed
   */
  public static AttestationTrust fromJson(byte[] json) {
    JsonFields fields =
        new JsonFields(StrictJson.parse(json, MAX_FILE_BYTES, StrictJson.MAX_DEPTH), ProofErrorCode.KEY_INVALID, "trust");
    List<String> keys = new ArrayList<>();
    for (Object key : fields.array("attestationKeys")) {
      if (!(key instanceof String pem)) throw fields.failure("attestationKeys", "expected keys in PEM");
      keys.add(pem);
    }
    return new AttestationTrust(
        keys,
        fields.has("logVerifierKey") ? fields.text("logVerifierKey", 1, Integer.MAX_VALUE) : null,
        fields.has("minimumAssurance")
            ? fields.word("minimumAssurance", AssuranceLevel.class)
            : AssuranceLevel.L3_FULL,
        !fields.has("requireOnline") || fields.truth("requireOnline"),
        true);
  }

  /**
   * Asks for another level.
   *
   * @param minimum weakest level that is accepted
   * @return a copy
   */
  public AttestationTrust withMinimumAssurance(AssuranceLevel minimum) {
    return new AttestationTrust(attestationKeys, logVerifierKey, minimum, requireOnline, requireLogProof);
  }

  /**
   * Accepts runs whose seed the prover chose, or not.
   *
   * @param required whether the nonce must have come first
   * @return a copy
   */
  public AttestationTrust withRequireOnline(boolean required) {
    return new AttestationTrust(attestationKeys, logVerifierKey, minimumAssurance, required, requireLogProof);
  }

  /**
   * Accepts a bundle alone, or not.
   *
   * @param required whether the attestation must be shown to be in the log
   * @return a copy
   */
  public AttestationTrust withRequireLogProof(boolean required) {
    return new AttestationTrust(attestationKeys, logVerifierKey, minimumAssurance, requireOnline, required);
  }
}
