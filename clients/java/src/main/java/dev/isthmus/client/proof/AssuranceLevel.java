package dev.isthmus.client.proof;

/** How far a training run was verified, weakest first. */
public enum AssuranceLevel {
  /** Hashes, chain and signatures only. */
  L0_INTEGRITY,
  /** Replay within a tolerance, which the published attacks pass. */
  L1_LEGACY_TOLERANCE,
  /** Sampled segments replayed bit for bit. */
  L2_SAMPLED,
  /** Every segment replayed bit for bit. */
  L3_FULL,
  /** {@link #L3_FULL} by at least two verifiers with distinct keys. */
  L4_FULL_QUORUM;

  /**
   * Whether this level is strong enough.
   *
   * @param minimum what is asked for
   * @return whether it is at least as strong
   */
  public boolean reaches(AssuranceLevel minimum) {
    return compareTo(minimum) >= 0;
  }
}
