package dev.isthmus.client.proof;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A proof, checked offline, that an entry is in a log (C2SP tlog-proof, version 1). The entry's own bytes are in the line
 * {@code extra}.
 */
record LogProof(byte[] entry, BigInteger index, List<byte[]> hashes, String checkpoint) {
  private static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";
  private static final Pattern EXTRA = Pattern.compile("extra ([A-Za-z0-9+/=]+)");
  private static final Pattern INDEX = Pattern.compile("index (0|[1-9][0-9]{0,19})");
  private static final int MAX_CHARACTERS = 131_072;
  /** Levels of the highest tree with u64 indices. */
  private static final int MAX_HASHES = 64;

  private static final int HASH_BYTES = 32;

  static LogProof parse(String text) {
    if (text.length() > MAX_CHARACTERS) throw malformed("more than " + MAX_CHARACTERS + " characters");
    int end = text.indexOf("\n\n");
    if (end < 0) throw malformed("no empty line before the checkpoint");
    List<String> lines = List.of(text.substring(0, end).split("\n", -1));
    if (!lines.get(0).equals(FIRST_LINE)) throw malformed("expected \"" + FIRST_LINE + "\"");
    String entry = group(lines, 1, EXTRA, "expected the line \"extra\" with the entry");
    String index = group(lines, 2, INDEX, "expected the line \"index\"");
    List<String> hashes = lines.subList(3, lines.size());
    if (hashes.size() > MAX_HASHES) throw malformed("the proof is too long");
    return new LogProof(
        Codec.base64(entry, ProofErrorCode.LOG_PROOF_MALFORMED),
        new BigInteger(index),
        hashes.stream().map(LogProof::hash).toList(),
        text.substring(end + 2));
  }

  /** The checkpoint of the tree that holds the entry. Refuses with CHECKPOINT_* or LOG_PROOF_INVALID. */
  Checkpoint verify(NoteKey log) {
    Checkpoint opened = Checkpoint.open(checkpoint, log);
    try {
      InclusionProof.verify(InclusionProof.leafHash(entry), index, opened.size(), hashes, opened.rootHash());
    } catch (ProofException cause) {
      throw new ProofException(ProofErrorCode.LOG_PROOF_INVALID, cause.getMessage(), cause);
    }
    return opened;
  }

  private static String group(List<String> lines, int line, Pattern pattern, String problem) {
    Matcher matcher = pattern.matcher(line < lines.size() ? lines.get(line) : "");
    if (!matcher.matches()) throw malformed(problem);
    return matcher.group(1);
  }

  private static byte[] hash(String line) {
    byte[] hash = Codec.base64(line, ProofErrorCode.LOG_PROOF_MALFORMED);
    if (hash.length != HASH_BYTES) throw malformed("a hash has " + hash.length + " bytes");
    return hash;
  }

  private static ProofException malformed(String problem) {
    return new ProofException(ProofErrorCode.LOG_PROOF_MALFORMED, "log proof: " + problem);
  }
}
