package dev.isthmus.client.proof;

/** A Sigstore bundle v0.3 whose key is named and not certified. */
final class Bundle {
  private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";
  private static final int MAX_BYTES = 262_144;
  private static final int MAX_DEPTH = 8;
  private static final int MAX_HINT = 1024;

  private Bundle() {}

  /** The envelope of a bundle that was received. Refuses certificates, message signatures and unknown members. */
  static Envelope parse(byte[] bytes) {
    try {
      return envelope(StrictJson.parse(bytes, MAX_BYTES, MAX_DEPTH));
    } catch (ProofException cause) {
      if (cause.code() == ProofErrorCode.BUNDLE_MALFORMED) throw cause;
      throw new ProofException(ProofErrorCode.BUNDLE_MALFORMED, "bundle: " + cause.getMessage(), cause);
    }
  }

  private static Envelope envelope(Object json) {
    JsonFields fields = new JsonFields(json, ProofErrorCode.BUNDLE_MALFORMED, "bundle");
    fields.only("mediaType", "verificationMaterial", "dsseEnvelope").requireWord("mediaType", MEDIA_TYPE);
    // Entries of other logs and timestamps may be there; they are not what is verified here.
    JsonFields material =
        fields.object("verificationMaterial").only("publicKey", "tlogEntries", "timestampVerificationData");
    material.object("publicKey").only("hint").text("hint", 0, MAX_HINT);
    return Envelope.parse(fields.value("dsseEnvelope"));
  }
}
