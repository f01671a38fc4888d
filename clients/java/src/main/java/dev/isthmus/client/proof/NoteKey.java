package dev.isthmus.client.proof;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whom a note may be signed by: a name, a key id and an Ed25519 key (C2SP signed-note). */
record NoteKey(String name, String keyId, PublicKey key) {
  private static final Pattern VERIFIER_KEY = Pattern.compile("([^+]+)\\+([0-9a-f]{8})\\+([A-Za-z0-9+/=]+)");
  private static final Pattern NAME = Pattern.compile("(?U)[^\\s+]+");
  /** What stands before the 32 bytes in a SubjectPublicKeyInfo (RFC 8410). */
  private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final int TYPED_KEY_BYTES = 33;
  private static final byte ED25519 = 1;

  /** Reads {@code <name>+<key id>+<base64 of 0x01 || public key>}. */
  static NoteKey parse(String verifierKey) {
    Matcher parts = VERIFIER_KEY.matcher(verifierKey);
    if (!parts.matches()) throw invalid("expected a verifier key: name+id+base64", null);
    byte[] typed = Codec.base64(parts.group(3), ProofErrorCode.KEY_INVALID);
    if (typed.length != TYPED_KEY_BYTES || typed[0] != ED25519) {
      throw invalid("the verifier key is not of the type Ed25519 (1)", null);
    }
    String name = parts.group(1);
    if (!NAME.matcher(name).matches()) throw invalid("\"" + name + "\" is no name of a key of a note", null);
    byte[] hash = Codec.sha256((name + "\n").getBytes(StandardCharsets.UTF_8), typed);
    String keyId = Codec.hex(hash).substring(0, 8);
    if (!keyId.equals(parts.group(2))) throw invalid("the id in the verifier key is not that of the key", null);
    return new NoteKey(name, keyId, publicKey(typed));
  }

  boolean signed(byte[] text, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(text);
      return verifier.verify(signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }

  private static PublicKey publicKey(byte[] typed) {
    byte[] spki = java.util.Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + TYPED_KEY_BYTES - 1);
    System.arraycopy(typed, 1, spki, SPKI_PREFIX.length, TYPED_KEY_BYTES - 1);
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
    } catch (GeneralSecurityException cause) {
      throw invalid("the verifier key holds no Ed25519 key", cause);
    }
  }

  private static ProofException invalid(String problem, Throwable cause) {
    return new ProofException(ProofErrorCode.KEY_INVALID, problem, cause);
  }
}
