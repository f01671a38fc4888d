package dev.isthmus.client.proof;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** Bytes, text and hashes, strictly: one value has one form. */
final class Codec {
  private Codec() {}

  static byte[] sha256(byte[]... parts) {
    MessageDigest digest = sha256();
    for (byte[] part : parts) digest.update(part);
    return digest.digest();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  static String sha256Hex(byte[] bytes) {
    return hex(sha256(bytes));
  }

  /** Text of valid UTF-8. */
  static String text(byte[] utf8, ProofErrorCode code) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException cause) {
      throw new ProofException(code, "the bytes are not valid UTF-8", cause);
    }
  }

  /** UTF-8 of text without lone surrogates. */
  static byte[] utf8(String text, ProofErrorCode code) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      return copy;
    } catch (CharacterCodingException cause) {
      throw new ProofException(code, "the text holds a lone surrogate", cause);
    }
  }

  /** Bytes of base64 with padding that would be encoded back to the same text. */
  static byte[] base64(String text, ProofErrorCode code) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (Base64.getEncoder().encodeToString(bytes).equals(text)) return bytes;
    } catch (IllegalArgumentException malformed) {
      throw new ProofException(code, "expected canonical base64 with padding", malformed);
    }
    throw new ProofException(code, "expected canonical base64 with padding");
  }

  /** As {@link #base64}, and the alphabet of URLs is accepted as well. */
  static byte[] anyBase64(String text, ProofErrorCode code) {
    return base64(text.replace('-', '+').replace('_', '/'), code);
  }
}
