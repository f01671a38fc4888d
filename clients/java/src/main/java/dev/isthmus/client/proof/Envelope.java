package dev.isthmus.client.proof;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A DSSE envelope (protocol version 1): a payload and signatures over its type and its bytes. */
record Envelope(String payloadType, byte[] payload, List<Envelope.Signed> signatures) {
  private static final int MAX_SIGNATURES = 16;
  private static final int MAX_TEXT = 1024;

  /** A signature; which key it names is the sender's word and decides nothing. */
  record Signed(String keyId, byte[] signature) {}

  /** Unknown members are ignored, as DSSE asks. */
  static Envelope parse(Object json) {
    JsonFields fields = new JsonFields(json, ProofErrorCode.ENVELOPE_MALFORMED, "envelope");
    List<Signed> signatures =
        fields.objects("signatures").stream()
            .map(
                signature ->
                    new Signed(
                        signature.has("keyid") ? signature.text("keyid", 0, MAX_TEXT) : "",
                        base64(signature.text("sig", 0, Integer.MAX_VALUE))))
            .toList();
    if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
      throw fields.failure("signatures", "expected 1 to " + MAX_SIGNATURES);
    }
    return new Envelope(
        fields.text("payloadType", 1, MAX_TEXT), base64(fields.text("payload", 0, Integer.MAX_VALUE)), signatures);
  }

  /**
   * Ids of the trusted keys that signed, each once, at least one. Every key is tried on every signature.
   *
   * @throws ProofException SIGNATURE_INVALID, or KEY_UNKNOWN where the envelope names other keys only
   */
  List<String> verify(List<AttestationKey> trusted) {
    byte[] message = preAuthenticationEncoding();
    List<String> signedBy =
        trusted.stream()
            .filter(key -> signatures.stream().anyMatch(signed -> key.signed(message, signed.signature())))
            .map(AttestationKey::id)
            .distinct()
            .toList();
    if (!signedBy.isEmpty()) return signedBy;
    List<String> known = trusted.stream().map(AttestationKey::id).toList();
    if (signatures.stream().anyMatch(signed -> signed.keyId().isEmpty() || known.contains(signed.keyId()))) {
      throw new ProofException(
          ProofErrorCode.SIGNATURE_INVALID, "no signature of the envelope holds for a trusted key");
    }
    throw new ProofException(ProofErrorCode.KEY_UNKNOWN, "the envelope is signed by keys that are not trusted here");
  }

  /** What is signed: {@code "DSSEv1" SP size SP type SP size SP payload}, sizes in bytes as decimals. */
  private byte[] preAuthenticationEncoding() {
    byte[] type = Codec.utf8(payloadType, ProofErrorCode.ENVELOPE_MALFORMED);
    String header = "DSSEv1 " + type.length + " " + payloadType + " " + payload.length + " ";
    byte[] start = header.getBytes(StandardCharsets.UTF_8);
    byte[] message = java.util.Arrays.copyOf(start, start.length + payload.length);
    System.arraycopy(payload, 0, message, start.length, payload.length);
    return message;
  }

  private static byte[] base64(String text) {
    return Codec.anyBase64(text, ProofErrorCode.ENVELOPE_MALFORMED);
  }
}
