package dev.isthmus.client.proof;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/** Inclusion in an RFC 6962 tree, checked by RFC 9162 section 2.1.3.2: length, index and size must fit exactly. */
final class InclusionProof {
  private static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};
  private static final int HASH_BYTES = 32;
  private static final int MAX_HASHES = 68;

  private InclusionProof() {}

  static byte[] leafHash(byte[] data) {
    return Codec.sha256(LEAF, data);
  }

  /** Refuses with MERKLE_PROOF_INVALID. */
  static void verify(byte[] leaf, BigInteger index, BigInteger size, List<byte[]> proof, byte[] root) {
    if (index.signum() < 0 || index.compareTo(size) >= 0) {
      throw invalid("there is no leaf " + index + " in a tree of " + size);
    }
    if (proof.size() > MAX_HASHES) throw invalid("the proof is too long");
    if (leaf.length != HASH_BYTES || root.length != HASH_BYTES || proof.stream().anyMatch(h -> h.length != HASH_BYTES)) {
      throw invalid("every hash has " + HASH_BYTES + " bytes");
    }
    BigInteger node = index;
    BigInteger last = size.subtract(BigInteger.ONE);
    byte[] hash = leaf;
    for (byte[] sibling : proof) {
      if (last.signum() == 0) throw invalid("the proof is too long");
      if (node.testBit(0) || node.equals(last)) {
        hash = Codec.sha256(NODE, sibling, hash);
        while (!node.testBit(0) && node.signum() != 0) {
          node = node.shiftRight(1);
          last = last.shiftRight(1);
        }
      } else {
        hash = Codec.sha256(NODE, hash, sibling);
      }
      node = node.shiftRight(1);
      last = last.shiftRight(1);
    }
    if (last.signum() != 0) throw invalid("the proof is too short");
    if (!Arrays.equals(hash, root)) throw invalid("the proof leads to another root");
  }

  private static ProofException invalid(String problem) {
    return new ProofException(ProofErrorCode.MERKLE_PROOF_INVALID, "Merkle proof: " + problem);
  }
}
