package dev.isthmus.client.proof;

/** An attestation that was refused. */
public final class ProofException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Kind of the refusal. */
  private final ProofErrorCode code;

  ProofException(ProofErrorCode code, String message) {
    this(code, message, null);
  }

  ProofException(ProofErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /**
   * Kind of the refusal.
   *
   * @return the code, the same in every client
   */
  public ProofErrorCode code() {
    return code;
  }
}
