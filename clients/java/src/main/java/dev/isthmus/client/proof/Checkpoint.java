package dev.isthmus.client.proof;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;

/** The head of a log (C2SP tlog-checkpoint): who it is, how many entries it has, and the root over them. */
record Checkpoint(String origin, BigInteger size, byte[] rootHash) {
  private static final int HASH_BYTES = 32;
  private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,19}");
  private static final int SIZE_BITS = 64;

  /**
   * Opens a signed checkpoint: the log's key must have signed it, and its origin must be the name of the key.
   *
   * @throws ProofException CHECKPOINT_MALFORMED or CHECKPOINT_SIGNATURE
   */
  static Checkpoint open(String note, NoteKey log) {
    Checkpoint checkpoint = parse(text(note, log));
    if (!checkpoint.origin().equals(log.name())) {
      throw new ProofException(
          ProofErrorCode.CHECKPOINT_SIGNATURE,
          "the key of \"" + log.name() + "\" signed for \"" + checkpoint.origin() + "\"");
    }
    return checkpoint;
  }

  private static String text(String note, NoteKey log) {
    try {
      return SignedNote.open(note, log);
    } catch (ProofException cause) {
      ProofErrorCode code =
          cause.code() == ProofErrorCode.NOTE_SIGNATURE
              ? ProofErrorCode.CHECKPOINT_SIGNATURE
              : ProofErrorCode.CHECKPOINT_MALFORMED;
      throw new ProofException(code, cause.getMessage(), cause);
    }
  }

  /** Extension lines are allowed and ignored. */
  private static Checkpoint parse(String text) {
    // The text ends in a newline, as every opened note does.
    List<String> lines = List.of(text.substring(0, text.length() - 1).split("\n", -1));
    if (lines.size() < 3) throw malformed("expected origin, size and root");
    if (lines.contains("")) throw malformed("a line is empty");
    if (!SIZE.matcher(lines.get(1)).matches()) throw malformed("the size is no u64");
    BigInteger size = new BigInteger(lines.get(1));
    if (size.bitLength() > SIZE_BITS) throw malformed("the size is no u64");
    byte[] root = Codec.base64(lines.get(2), ProofErrorCode.CHECKPOINT_MALFORMED);
    if (root.length != HASH_BYTES) throw malformed("the root has " + root.length + " bytes");
    return new Checkpoint(lines.get(0), size, root);
  }

  private static ProofException malformed(String problem) {
    return new ProofException(ProofErrorCode.CHECKPOINT_MALFORMED, "checkpoint: " + problem);
  }
}
