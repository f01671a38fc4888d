package dev.isthmus.client.proof;

import java.util.List;
import java.util.Objects;

/** An attestation as it was received, and what it should be about. */
public final class AttestationEvidence {
  private final byte[] bundle;
  private final String logProof;
  private final List<FileEntry> files;
  private final String modelDigest;

  private AttestationEvidence(byte[] bundle, String logProof, List<FileEntry> files, String modelDigest) {
    this.bundle = bundle;
    this.logProof = logProof;
    this.files = files;
    this.modelDigest = modelDigest;
  }

  /**
   * A bundle alone.
   *
   * @param bundle Sigstore bundle v0.3, JSON
   * @return evidence to add to
   */
  public static AttestationEvidence of(byte[] bundle) {
    return new AttestationEvidence(bundle.clone(), null, null, null);
  }

  /**
   * Adds the proof that the log holds the attestation.
   *
   * @param proof c2sp.org/tlog-proof, text
   * @return a copy
   */
  public AttestationEvidence withLogProof(String proof) {
    return new AttestationEvidence(bundle, Objects.requireNonNull(proof), files, modelDigest);
  }

  /**
   * Adds the model's files: all of them, and no others, must be what was attested.
   *
   * @param entries for example {@link FileList#ofFolder}
   * @return a copy
   */
  public AttestationEvidence withFiles(List<FileEntry> entries) {
    return new AttestationEvidence(bundle, logProof, List.copyOf(entries), modelDigest);
  }

  /**
   * Adds the digest of the model, for example {@code ModelIdentity.digest} of an answer.
   *
   * @param digest 64 lower-case hexadecimal digits
   * @return a copy
   */
  public AttestationEvidence withModelDigest(String digest) {
    return new AttestationEvidence(bundle, logProof, files, Objects.requireNonNull(digest));
  }

  byte[] bundle() {
    return bundle;
  }

  String logProof() {
    return logProof;
  }

  List<FileEntry> files() {
    return files;
  }

  String modelDigest() {
    return modelDigest;
  }
}
