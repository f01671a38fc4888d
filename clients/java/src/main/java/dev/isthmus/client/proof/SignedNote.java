package dev.isthmus.client.proof;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with signatures below it (C2SP signed-note). */
final class SignedNote {
  private static final int MAX_BYTES = 65_536;
  private static final int MAX_SIGNATURES = 64;
  private static final int KEY_ID_BYTES = 4;
  private static final Pattern SIGNATURE = Pattern.compile("(?U)\u2014 ([^\\s+]+) ([A-Za-z0-9+/=]+)");
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x09\\x0b-\\x1f]");

  private SignedNote() {}

  /**
   * The signed text of a note. Signatures by other keys are ignored; one by this key that fails refuses the note, as
   * does the absence of any.
   *
   * @throws ProofException NOTE_MALFORMED or NOTE_SIGNATURE
   */
  static String open(String note, NoteKey key) {
    if (Codec.utf8(note, ProofErrorCode.NOTE_MALFORMED).length > MAX_BYTES) {
      throw malformed("more than " + MAX_BYTES + " bytes");
    }
    // The last empty line: the text itself may hold others.
    int end = note.lastIndexOf("\n\n");
    if (end < 0) throw malformed("no empty line before the signatures");
    String text = note.substring(0, end + 1);
    if (CONTROL.matcher(text).find()) throw malformed("the text holds control characters");
    List<String> lines = List.of(note.substring(end + 2).split("\n", -1));
    if (lines.size() < 2 || !lines.get(lines.size() - 1).isEmpty()) {
      throw malformed("expected signature lines, each with its newline");
    }
    if (lines.size() - 1 > MAX_SIGNATURES) throw malformed("more than " + MAX_SIGNATURES + " signatures");
    List<Matcher> signatures = lines.subList(0, lines.size() - 1).stream().map(SignedNote::signatureLine).toList();
    requireSignature(text, signatures, key);
    return text;
  }

  private static void requireSignature(String text, List<Matcher> signatures, NoteKey key) {
    boolean signed = false;
    byte[] message = Codec.utf8(text, ProofErrorCode.NOTE_MALFORMED);
    for (Matcher line : signatures) {
      byte[] bytes = signatureBytes(line);
      String keyId = Codec.hex(Arrays.copyOf(bytes, KEY_ID_BYTES));
      if (!line.group(1).equals(key.name()) || !keyId.equals(key.keyId())) continue;
      if (!key.signed(message, Arrays.copyOfRange(bytes, KEY_ID_BYTES, bytes.length))) {
        throw new ProofException(
            ProofErrorCode.NOTE_SIGNATURE, "the signature of " + key.name() + "+" + keyId + " does not hold");
      }
      signed = true;
    }
    if (!signed) throw new ProofException(ProofErrorCode.NOTE_SIGNATURE, "the note is not signed by a known key");
  }

  private static Matcher signatureLine(String line) {
    Matcher parts = SIGNATURE.matcher(line);
    if (!parts.matches()) throw malformed("a signature line is malformed");
    signatureBytes(parts);
    return parts;
  }

  private static byte[] signatureBytes(Matcher line) {
    byte[] bytes = Codec.base64(line.group(2), ProofErrorCode.NOTE_MALFORMED);
    if (bytes.length <= KEY_ID_BYTES) throw malformed("a signature is too short");
    return bytes;
  }

  private static ProofException malformed(String problem) {
    return new ProofException(ProofErrorCode.NOTE_MALFORMED, "signed note: " + problem);
  }
}
